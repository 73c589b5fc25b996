import { checkFlags, describeFlags, explainFlags } from "@mesibo-groups/core";
import { command } from "../command.ts";
import { table } from "../print.ts";
import { explainedFlag, flagLine, readFlag } from "./flag-data.ts";

/** Says what a flag means, bit by bit. */
export const flagsExplain = command({
  args: [{ name: "flag", about: "a number (17, 0x11, 0b10001) or names (send-selected|loopback)" }],
  options: {},
  run: async ({ given }) => {
    const flags = readFlag(given.get("flag") ?? "");
    const bits = explainFlags(flags).map(({ bit, name, meaning, source, confidence }) => [
      `0x${bit.toString(16)}`,
      name ?? "(no name)",
      meaning,
      `${confidence}: ${source}`,
    ]);
    return {
      data: explainedFlag(flags),
      text: [
        flagLine(flags),
        describeFlags(flags),
        ...(bits.length === 0 ? [] : await table(["bit", "name", "meaning", "source"], bits)),
        ...checkFlags(flags).map(({ kind, message }) => `${kind}: ${message}`),
      ],
    };
  },
});
