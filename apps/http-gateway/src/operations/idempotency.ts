import { createHash } from "node:crypto";
import { ProblemError } from "../problem.ts";

/** The key of a request, with what tells whether another request with the same key is the same request. */
export interface IdempotencyKey {
  readonly key: string;
  readonly fingerprint: string;
}

/** What a fingerprint covers. */
export interface Fingerprinted {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

/** JSON with the keys of every object in order, so that the same request is the same text however it was written. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const entries = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .toSorted(([one], [other]) => (one < other ? -1 : 1));
  return `{${entries.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join()}}`;
}

/** SHA-256 over what was asked for. */
export function fingerprintOf({ method, path, body }: Fingerprinted): string {
  return createHash("sha256")
    .update(JSON.stringify([method, path, canonical(body)]))
    .digest("hex");
}

/** The longest key. */
const MAX_KEY_CHARS = 255;

/**
 * Reads the header `Idempotency-Key`: 1 to 255 visible ASCII characters, bare, or quoted as the IETF's draft has
 * it. Undefined where there is none.
 */
export function readKey(header: string | undefined): string | undefined {
  if (header === undefined || header === "") return undefined;
  const quoted = /^"(.*)"$/.exec(header)?.[1];
  const key = quoted ?? header;
  if (key.length > MAX_KEY_CHARS || !/^[\u0021\u0023-\u007e]+$/.test(key)) {
    const detail = `Idempotency-Key must be 1 to ${MAX_KEY_CHARS} visible ASCII characters without quotes inside, such as a UUID.`;
    throw new ProblemError("idempotency-key-invalid", { detail });
  }
  return key;
}

/** Reads a key where one is needed. */
export function requireIdempotencyKey(header: string | undefined): string {
  const key = readKey(header);
  if (key !== undefined) return key;
  throw new ProblemError("idempotency-key-missing", {
    detail:
      "Send the header Idempotency-Key with a new UUID for each request of this kind, and the same one when you repeat it.",
  });
}
