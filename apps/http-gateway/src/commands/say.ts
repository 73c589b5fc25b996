/** Tells the operator something, beside the command's own output. */
export function say(line: string): void {
  process.stderr.write(`mesibo-gateway: ${line}\n`);
}

/** A command that cannot be carried out: what to say, and the exit code. */
export class CommandError extends Error {
  override readonly name = "CommandError";
  readonly lines: readonly string[];
  readonly code: 1 | 2;

  constructor(lines: readonly string[], code: 1 | 2) {
    super(lines.join(" "));
    this.lines = lines;
    this.code = code;
  }
}

/** An error's own words. */
export const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
