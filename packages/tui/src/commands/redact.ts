import type { Io } from "./io.ts";

/** A shorter text than this is no secret of anybody's, and would be found inside ordinary words. */
const MIN_SECRET = 8;

/** Streams that show no secret that they were told of. */
export interface Masked {
  readonly io: Io;
  /** Shows the placeholder instead of the secret from now on. */
  readonly hide: (secret: string, placeholder: string) => void;
}

/** The same streams, without secrets: one may have been pasted where a name or an address belongs. */
export function masked(io: Io): Masked {
  const secrets = new Map<string, string>();
  const hide = (secret: string, placeholder: string): void => {
    if (secret.length < MIN_SECRET) return;
    secrets.set(secret, placeholder);
    secrets.set(JSON.stringify(secret).slice(1, -1), placeholder);
  };
  const clean = (text: string): string =>
    // A placeholder may hold what `replaceAll` would read as a pattern.
    [...secrets].reduce((shown, [secret, placeholder]) => shown.replaceAll(secret, () => placeholder), text);
  return {
    hide,
    io: {
      out: (text) => io.out(clean(text)),
      err: (text) => io.err(clean(text)),
      read: io.read,
      write: (path, text) => io.write(path, clean(text)),
    },
  };
}
