import { normalFlags } from "@mesibo-groups/core";
import { command } from "../command.ts";
import { explainedFlag, flagLine } from "./flag-data.ts";
import { flagOptions, readFlagWish } from "./flag-options.ts";

/** Makes a flag from its fields. */
export const flagsBuild = command({
  options: flagOptions,
  run: ({ values }) => {
    const flags = readFlagWish(values).from(normalFlags);
    return { data: explainedFlag(flags), text: [flagLine(flags)] };
  },
});
