import { usage } from "./command-error.ts";

/** Reads how many of something are wanted. Throws a `CommandError`. */
export function readCount(option: string, text: string): number {
  if (/^\d{1,5}$/.test(text)) return Number(text);
  throw usage(`--${option} must be a whole number from 0 to 99999, not ${JSON.stringify(text)}.`);
}
