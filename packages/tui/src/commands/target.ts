import { TOKEN_PLACEHOLDER } from "@mesibo-groups/core";
import { KEY_PLACEHOLDER } from "../placeholder.ts";
import { findCredential, MOCK_TOKEN, noCredential } from "../profile/credential.ts";
import type { Context } from "./command.ts";
import { usage } from "./command-error.ts";
import { configured, resolveProfile } from "./connect.ts";
import { checkChange } from "./guards.ts";
import type { Shared } from "./reading.ts";

/** A server that is asked for what the client has no words for. */
export interface Target {
  readonly url: string;
  /** The app token or API key, hidden from every output. */
  readonly secret: string;
}

/** What kind of server it has to be. */
export interface Wanted {
  readonly kind: "mock" | "gateway";
  /** Said where the profile is of another kind. */
  readonly otherwise: string;
  /** Whether it is to be changed, which a profile can forbid. */
  readonly changes: boolean;
}

/** What a command asks for besides mesibo's own operations. */
export type Asking = Pick<Context, "around" | "signal" | "hide"> &
  Pick<Shared, "profile" | "tokenStdin" | "dryRun" | "yes" | "confirm">;

/** The server that options, environment and files choose. Throws a `CommandError` where it is of another kind. */
export async function targetOf(asking: Asking, { kind, otherwise, changes }: Wanted): Promise<Target> {
  const { around, profile, tokenStdin, hide } = asking;
  const resolved = await resolveProfile(around, { profile, tokenStdin });
  const { url, readOnly, danger, profile: name } = resolved;
  // Another server is not even given the secret, and mesibo counts who asks it.
  if (resolved.kind.value !== kind || url.value === undefined) throw usage(otherwise);
  if (changes) {
    const demanded = readOnly.value ? readOnly.origin.from : undefined;
    checkChange({ profile: name.value, readOnly: demanded, danger: danger.value }, asking);
  }
  const secret = await configured(() => findCredential({ around, resolved }));
  if (secret === undefined && kind === "gateway")
    await configured(() => Promise.reject(noCredential(resolved)));
  if (secret === undefined) return { url: url.value, secret: MOCK_TOKEN };
  hide(secret.reveal(), kind === "gateway" ? KEY_PLACEHOLDER : TOKEN_PLACEHOLDER);
  return { url: url.value, secret: secret.reveal() };
}
