import { TOKEN_PLACEHOLDER } from "@mesibo-groups/core";
import type { Io } from "./io.ts";

/** A shorter text than this is no app token of mesibo's, and would be found inside ordinary words. */
const MIN_SECRET = 8;

/** Streams that show no secret that they were told of. */
export interface Masked {
  readonly io: Io;
  readonly hide: (secret: string) => void;
}

/** The same streams, without the app token: it may have been pasted where a name or an address belongs. */
export function masked(io: Io, known: readonly (string | undefined)[]): Masked {
  const secrets = new Set<string>();
  const hide = (secret: string): void => {
    if (secret.length < MIN_SECRET) return;
    secrets.add(secret);
    secrets.add(JSON.stringify(secret).slice(1, -1));
  };
  for (const secret of known) hide(secret ?? "");
  const clean = (text: string): string =>
    [...secrets].reduce((shown, secret) => shown.replaceAll(secret, TOKEN_PLACEHOLDER), text);
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
