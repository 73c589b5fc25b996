import type { Exit } from "./exits.ts";

/** What a command itself can find wrong, before or after it asked the server. */
export type CommandFault = Extract<
  Exit,
  "usage" | "unauthorised" | "conflict" | "not_found" | "partial" | "unknown" | "not_sent"
>;

/** A command that cannot be done, in one sentence that says what to do about it. */
export class CommandError extends Error {
  override readonly name = "CommandError";
  readonly kind: CommandFault;

  constructor(kind: CommandFault, message: string) {
    super(message);
    this.kind = kind;
  }
}

/** A wrong command line, input or configuration. */
export const usage = (message: string): CommandError => new CommandError("usage", message);
