import { randomBytes } from "node:crypto";

const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const TIME_LENGTH = 10;
const RANDOM_LENGTH = 16;

const letter = (value: number): string => LETTERS.charAt(value % LETTERS.length);

/** A new id of a change, such as `op_01KAR5V2Z6F5T1P0X9Y8Q7W3M4`: a ULID, as a gateway gives them; sorts by time (Unix milliseconds). */
export function newOperationId(at: number): string {
  const time = Array.from({ length: TIME_LENGTH }, (_, place) =>
    letter(Math.floor(at / LETTERS.length ** (TIME_LENGTH - 1 - place))),
  );
  return `op_${[...time, ...Array.from(randomBytes(RANDOM_LENGTH), letter)].join("")}`;
}
