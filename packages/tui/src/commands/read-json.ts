import type { Context } from "./command.ts";
import { usage } from "./command-error.ts";

/** Reads a file, or stdin, as JSON. Throws a `CommandError`. */
export async function readJsonFile({ read }: Pick<Context, "read">, path: string): Promise<unknown> {
  const text = await read(path);
  try {
    return JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : "it cannot be read";
    throw usage(`${path === "-" ? "stdin" : path} is not JSON: ${why}. Nothing was sent.`);
  }
}
