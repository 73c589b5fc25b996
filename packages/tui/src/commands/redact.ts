import { TOKEN_PLACEHOLDER } from "@mesibo-groups/core";
import { readToken } from "./connect.ts";
import type { Io } from "./io.ts";

/** A shorter text than this is no app token of mesibo's, and would be found inside ordinary words. */
const MIN_SECRET = 8;

function secretOf(environment: NodeJS.ProcessEnv): string {
  try {
    return readToken(environment) ?? "";
  } catch {
    // What is wrong with it is told by the command that needs it.
    return environment["MESIBO_APP_TOKEN"] ?? "";
  }
}

/** The same streams, without the app token: it may have been pasted where a name or an address belongs. */
export function withoutToken(io: Io, environment: NodeJS.ProcessEnv): Io {
  const secret = secretOf(environment);
  if (secret.length < MIN_SECRET) return io;
  const inJson = JSON.stringify(secret).slice(1, -1);
  const clean = (text: string): string =>
    text.replaceAll(secret, TOKEN_PLACEHOLDER).replaceAll(inJson, TOKEN_PLACEHOLDER);
  return {
    out: (text) => io.out(clean(text)),
    err: (text) => io.err(clean(text)),
    read: io.read,
    write: (path, text) => io.write(path, clean(text)),
  };
}
