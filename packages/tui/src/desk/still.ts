import { setImmediate } from "node:timers/promises";

/** Reads no key of a terminal any more, so that none is taken from the program that has it. Whoever listens next reads on. */
export async function still(input: NodeJS.ReadStream): Promise<void> {
  // A stream takes a turn to see that nobody listens, and another one to leave its terminal alone.
  await setImmediate();
  input.pause();
  await setImmediate();
}
