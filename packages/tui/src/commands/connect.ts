import type { CallRecord, Client } from "@mesibo-groups/core";
import type { KeptChanges } from "../kept/changes.ts";
import { maxMembersOf } from "../limits.ts";
import { openConnection } from "../profile/connection.ts";
import { ProfileError } from "../profile/errors.ts";
import { loadFiles } from "../profile/load.ts";
import { acknowledgeNotice, pendingNotice } from "../profile/notice.ts";
import { resolve, type Resolved } from "../profile/resolve.ts";
import type { Kind } from "../profile/schema.ts";
import type { Secret } from "../profile/secret.ts";
import type { Surroundings } from "../profile/surroundings.ts";
import { usage } from "./command-error.ts";

/** A server to ask, and what to call it. */
export interface Connection {
  /**
   * `embedded` is a mock inside this process: what is written there is gone when the command ends. `http` is mesibo
   * or a mock, asked with an app token.
   */
  readonly kind: "embedded" | "http" | "gateway";
  /** The profile's name, or `environment`. */
  readonly profile: string;
  /** Where it is; `embedded mock` for the one inside. */
  readonly name: string;
  readonly client: Client;
  /** Members that the server lists at most: a list of so many may not be the whole. */
  readonly maxMembers: number;
  /** What demands that nothing is changed: a file or an option. Undefined where changes are allowed. */
  readonly readOnly?: string | undefined;
  /** Raises every confirmation by one level. */
  readonly danger?: boolean | undefined;
  /** What this machine keeps of changes whose outcome is unknown; undefined where a gateway does, or nobody. */
  readonly kept?: KeptChanges | undefined;
  /** What people should know before the first call, once. */
  readonly notices?: readonly string[] | undefined;
}

/** What the command line says about the connection. */
export interface ConnectionFlags {
  readonly profile?: string | undefined;
  readonly tokenStdin?: boolean | undefined;
  readonly timeoutMs?: number | undefined;
  readonly onCall?: ((record: CallRecord) => void) | undefined;
  /** Told the secret before anything else can print it. */
  readonly onSecret?: ((secret: Secret, kind: Kind) => void) | undefined;
}

/** Runs what reads configuration; what is wrong there is a wrong command line to a script. */
export async function configured<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ProfileError) throw usage(error.message);
    // createClient's words name the option and never the token.
    if (error instanceof TypeError && error.message.startsWith("createClient: "))
      throw usage(`${error.message.replace("createClient: ", "")} Check the URL and the secret.`);
    throw error;
  }
}

/** What options, environment and files choose, before anything is opened. */
export const resolveProfile = (
  around: Surroundings,
  { profile, tokenStdin }: Pick<ConnectionFlags, "profile" | "tokenStdin">,
): Promise<Resolved> =>
  configured(async () => resolve({ around, flags: { profile, tokenStdin }, files: await loadFiles(around) }));

async function noticesOf(around: Surroundings, resolved: Resolved): Promise<readonly string[]> {
  const notice = await pendingNotice({ around, resolved });
  const unsaved = notice === undefined ? undefined : await acknowledgeNotice({ around, resolved });
  return [...resolved.warnings, notice, unsaved].filter((text) => text !== undefined);
}

/** Opens what options, environment and files choose: mesibo, a gateway, a mock over HTTP, or the one inside. */
export const connect = (around: Surroundings, flags: ConnectionFlags = {}): Promise<Connection> =>
  configured(async () => {
    const { timeoutMs, onCall, onSecret } = flags;
    const resolved = await resolveProfile(around, flags);
    const { profile, kind, url, dialect, readOnly, danger } = resolved;
    let kept: KeptChanges | undefined;
    const client = await openConnection({
      around,
      resolved,
      timeoutMs,
      onCall,
      onKept: (changes) => {
        kept = changes;
      },
      onSecret: (secret) => onSecret?.(secret, kind.value),
    });
    return {
      kind: url.value === undefined ? "embedded" : kind.value === "gateway" ? "gateway" : "http",
      profile: profile.value,
      name: url.value ?? "embedded mock",
      client,
      kept,
      maxMembers: maxMembersOf(dialect.value),
      readOnly: readOnly.value ? readOnly.origin.from : undefined,
      danger: danger.value,
      notices: await noticesOf(around, resolved),
    };
  });
