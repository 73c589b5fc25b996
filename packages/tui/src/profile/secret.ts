import { createHash } from "node:crypto";
import { ProfileError } from "./errors.ts";

/** A secret that is there: printing, logging or serialising it shows where it is from and no more. */
export interface Secret {
  readonly source: string;
  /** Tells secrets apart without telling them: `sha256:ab12…`. */
  readonly fingerprint: string;
  /** What may be said of it: `set (44 chars, sha256:ab12…)`. */
  readonly description: string;
  /** The secret itself, for the client only. */
  readonly reveal: () => string;
}

/** Wraps a secret as it was read. Throws `ProfileError` where it cannot be one. */
export function secretFrom(source: string, text: string): Secret {
  const value = text.replace(/(?:\r?\n)+$/, "");
  if (value === "") {
    throw new ProfileError({
      source,
      fault: "holds no token.",
      next: "Check that it gives the token and nothing else.",
    });
  }
  if (!/^[\u0021-\u007e]{1,256}$/.test(value)) {
    throw new ProfileError({
      source,
      fault: "does not hold one token: 1 to 256 visible ASCII characters without spaces or line breaks.",
      next: "Check that it gives the token and nothing else.",
    });
  }
  const digest = createHash("sha256").update(value).digest("hex").slice(0, 4);
  const fingerprint = `sha256:${digest}…`;
  return {
    source,
    fingerprint,
    description: `set (${value.length} chars, ${fingerprint})`,
    reveal: () => value,
  };
}
