import type { parseArgs, ParseArgsOptionsConfig } from "node:util";
import type { Variables } from "../settings.ts";

/** The values of a command's flags. */
export type Flags = ReturnType<typeof parseArgs>["values"];

/** What a command is called with. */
export interface Call {
  readonly flags: Flags;
  /** The words behind the command's own. */
  readonly words: readonly string[];
  readonly variables: Variables;
}

/** One command of `mesibo-gateway`. */
export interface Command {
  /** One line, for the help. */
  readonly summary: string;
  readonly options: ParseArgsOptionsConfig;
  /** How the words behind the command's own are shown in the help; undefined: it takes none. */
  readonly words?: string;
  /** Resolves with the exit code. What it throws is told in one line, with exit code 1. */
  readonly run: (call: Call) => Promise<number>;
}
