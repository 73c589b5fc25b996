import { randomInt } from "node:crypto";
import { encodeTime, monotonicFactory } from "ulid";

const WORD = 2 ** 32;

// Left alone, ulid asks the system for each of 16 characters: a tenth of the time of a whole create.
const random = (): number => randomInt(WORD) / WORD;

/**
 * A new id, which sorts by time (Unix milliseconds) and nobody can guess. Ids of one process are in the order in
 * which they were made, also within a millisecond.
 */
export const newId = monotonicFactory(random);

/** After every id of a moment (Unix milliseconds), and before those of the next one. */
export const afterIdsOf = (at: number): string => encodeTime(at).padEnd(26, "Z");
