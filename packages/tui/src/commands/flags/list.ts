import { encodeFlags, flagBits, flagPresets } from "@mesibo-groups/core";
import { command } from "../command.ts";
import { table } from "../print.ts";

const hex = (bit: number): string => `0x${bit.toString(16)}`;

/** Lists every bit and kind of group with a name. */
export const flagsList = command({
  options: {},
  run: async () => {
    const presets = Object.entries(flagPresets).map(([name, flags]) => ({ name, flag: encodeFlags(flags) }));
    return {
      data: { bits: flagBits, presets },
      rows: flagBits,
      text: [
        ...(await table(
          ["bit", "name", "meaning", "confidence"],
          flagBits.map(({ bit, name, meaning, confidence }) => [hex(bit), name, meaning, confidence]),
        )),
        "",
        ...(await table(
          ["kind", "flag"],
          presets.map(({ name, flag }) => [name, `${flag} ${hex(flag)}`]),
        )),
      ],
    };
  },
});
