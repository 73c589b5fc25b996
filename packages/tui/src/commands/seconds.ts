import { usage } from "./command-error.ts";

const MAX_SECONDS = 2 ** 32 - 1;

/** Reads a number of seconds. Throws a `CommandError`. */
export function readSeconds(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,10}$/.test(text) && Number(text) <= MAX_SECONDS) return Number(text);
  throw usage(
    `--${option} must be a whole number of seconds from 0 to ${MAX_SECONDS}, not ${JSON.stringify(text)}.`,
  );
}
