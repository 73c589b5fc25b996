import type { Command } from "./command.ts";
import { flagsBuild } from "./flags/build.ts";
import { flagsExplain } from "./flags/explain.ts";
import { flagsList } from "./flags/list.ts";
import { flagsParse } from "./flags/parse.ts";

/** Every command, in the order of `--help`. */
export const commands: readonly Command[] = [flagsExplain, flagsParse, flagsBuild, flagsList];
