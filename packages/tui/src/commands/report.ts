import type { CommandError } from "./command-error.ts";
import type { MesiboError } from "@mesibo-groups/core";
import type { Exit } from "./exits.ts";

/** What a command answers: data, from which every form of output is printed. */
export interface Report {
  /** The document of `--json`, without its version. Undefined where it was printed while the command ran. */
  readonly data: Readonly<Record<string, unknown>> | undefined;
  /** The rows of `--ndjson`, where the data is a list. Default: the document itself. */
  readonly rows?: readonly object[];
  /** The lines for people, as they are: they are made safe to print when they are printed. */
  readonly text: readonly string[];
  /** Default: `done`, or what the error stands for. */
  readonly exit?: Exit;
  /** What went wrong although there is data, such as a member list that was done in part. */
  readonly error?: MesiboError | CommandError;
}
