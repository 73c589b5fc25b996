import type { GroupRule } from "../access/group-rule.ts";
import type { EventType } from "../journal/events.ts";
import { appendJournal } from "../journal/journal.ts";
import type { Store, Tx } from "../store/store.ts";
import { findApiKey, insertApiKey, listApiKeys, markRevoked, replaceHash, type ApiKey } from "./rows.ts";
import type { Scope } from "./scopes.ts";
import { hashKey, makeKey, makeKeyId } from "./token.ts";

/** Where keys are kept, and who asks. */
export interface KeyDesk {
  readonly store: Store;
  readonly now: () => number;
  /** The id of the API key that asks, or `operator` for the command line. */
  readonly actor: string;
  readonly requestId: string;
}

/** What a new key is made of. */
export interface NewApiKey {
  readonly name: string;
  readonly env: string;
  readonly scopes: readonly Scope[];
  readonly groups: GroupRule | undefined;
  readonly expiresInDays: number;
}

/** A key with its secret, which is shown this once. */
export interface MadeKey {
  readonly apiKey: ApiKey;
  readonly key: string;
}

/** Days until a key ends, unless said otherwise. */
export const DEFAULT_KEY_DAYS = 365;

/** The longest life of a key in days. */
export const MAX_KEY_DAYS = 3650;

/** Hours that a key goes on opening after it was rotated, unless said otherwise. */
export const DEFAULT_OVERLAP_HOURS = 24;

/** The most hours of that. */
export const MAX_OVERLAP_HOURS = 720;

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

interface Told {
  readonly action: "create_key" | "rotate_key" | "revoke_key";
  readonly event: EventType;
  readonly id: string;
  readonly at: number;
}

/** Tells everybody what became of a key, in its own transaction. */
async function tellKey({ store, actor, requestId }: KeyDesk, tx: Tx, told: Told): Promise<void> {
  const { action, event, id, at } = told;
  await appendJournal(store, tx, {
    events: [{ type: event, subject: id, payload: { api_key: id, by: actor }, at }],
    audit: { at, actor, action, subject: id, requestId, outcome: "succeeded" },
  });
  await tx.announce("keys");
}

/** Makes a key. */
export async function createApiKey(desk: KeyDesk, asked: NewApiKey): Promise<MadeKey> {
  const { name, env, scopes, groups, expiresInDays } = asked;
  const id = makeKeyId();
  const key = makeKey({ env, id });
  const at = desk.now();
  const apiKey: ApiKey = {
    id,
    name,
    hash: hashKey(key).toString("hex"),
    old: undefined,
    scopes,
    groups,
    createdAt: at,
    expiresAt: at + expiresInDays * DAY_MS,
    revokedAt: undefined,
    lastUsedAt: undefined,
  };
  await desk.store.write(async (tx) => {
    await insertApiKey(tx.db, apiKey);
    await tellKey(desk, tx, { action: "create_key", event: "key.created", id, at });
  });
  return { apiKey, key };
}

/** A key to rotate. */
export interface Rotation {
  readonly id: string;
  readonly env: string;
  /** For how long the secret before still opens. */
  readonly overlapHours: number;
}

/** Gives a key a new secret beside the one that it has. Undefined where there is none, or it has ended. */
export async function rotateApiKey(
  desk: KeyDesk,
  { id, env, overlapHours }: Rotation,
): Promise<MadeKey | undefined> {
  const key = makeKey({ env, id });
  const at = desk.now();
  const hash = hashKey(key).toString("hex");
  const apiKey = await desk.store.write(async (tx) => {
    const before = await findApiKey(tx.db, id);
    if (before === undefined || !isUsable(before, at)) return undefined;
    await replaceHash(tx.db, { id, hash, oldUntil: at + overlapHours * HOUR_MS });
    await tellKey(desk, tx, { action: "rotate_key", event: "key.rotated", id, at });
    return findApiKey(tx.db, id);
  });
  return apiKey === undefined ? undefined : { apiKey, key };
}

/** Ends a key for good. `unknown` where there is none. To end it again changes nothing. */
export async function revokeApiKey(desk: KeyDesk, id: string): Promise<"revoked" | "unknown"> {
  const at = desk.now();
  return desk.store.write(async (tx) => {
    if (await markRevoked(tx.db, { id, at })) {
      await tellKey(desk, tx, { action: "revoke_key", event: "key.revoked", id, at });
      return "revoked";
    }
    return (await findApiKey(tx.db, id)) === undefined ? "unknown" : "revoked";
  });
}

/** Whether a key opens anything at a moment. */
export const isUsable = ({ revokedAt, expiresAt }: ApiKey, at: number): boolean =>
  revokedAt === undefined && (expiresAt === undefined || at < expiresAt);

/** Whether any key in a store opens anything. */
export async function hasUsableKey({ store, now }: Pick<KeyDesk, "store" | "now">): Promise<boolean> {
  for (let after = ""; ;) {
    const keys = await store.read((db) => listApiKeys(db, { after, limit: 100 }));
    if (keys.some((key) => isUsable(key, now()))) return true;
    const last = keys.at(-1);
    if (last === undefined) return false;
    after = last.id;
  }
}
