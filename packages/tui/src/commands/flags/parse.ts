import { command } from "../command.ts";
import { flagData, flagLine, readFlag } from "./flag-data.ts";

/** Reads a flag and writes it in every spelling. */
export const flagsParse = command({
  args: [{ name: "flag", about: "a number (17, 0x11, 0b10001) or names (send-selected|loopback)" }],
  options: {},
  run: ({ given }) => {
    const flags = readFlag(given.get("flag") ?? "");
    return { data: flagData(flags), text: [flagLine(flags)] };
  },
});
