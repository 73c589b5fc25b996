import { timingSafeEqual } from "node:crypto";
import type { Store } from "../store/store.ts";
import { isUsable } from "./manage.ts";
import { findApiKey, markUsed, type ApiKey } from "./rows.ts";
import { hashKey, keyIdOf } from "./token.ts";

/** How long a key that was read is believed. Below the second within which a revoked key must be refused. */
const BELIEVED_MS = 500;

/** The most keys that are remembered, known ones and those that are none. */
const MAX_REMEMBERED = 10_000;

const MINUTE_MS = 60_000;

/** What a ring is made of. */
export interface RingParts {
  readonly store: Store;
  /** Unix milliseconds. */
  readonly now: () => number;
  /** Milliseconds that only ever rise. Default: the machine's. */
  readonly ticks?: (() => number) | undefined;
}

/** Finds the key that a request carries, or undefined. Rejects where the store does not answer. */
export type KeyRing = (given: string) => Promise<ApiKey | undefined>;

interface Remembered {
  readonly key: Promise<ApiKey | undefined>;
  readonly until: number;
}

const nothing = Buffer.alloc(32);

/**
 * Makes a ring of the keys in a store. A key is read anew twice a second at most, and at once where any gateway
 * announces that keys have changed.
 */
export function createKeyRing({ store, now, ticks = () => performance.now() }: RingParts): KeyRing {
  const remembered = new Map<string, Remembered>();
  const usedAt = new Map<string, number>();
  store.listen("keys", () => remembered.clear());

  function recall(id: string): Promise<ApiKey | undefined> {
    const at = ticks();
    const known = remembered.get(id);
    if (known !== undefined && at < known.until) return known.key;
    if (remembered.size >= MAX_REMEMBERED) remembered.clear();
    const fresh = { key: store.read((db) => findApiKey(db, id)), until: at + BELIEVED_MS };
    remembered.set(id, fresh);
    // A store that fails says nothing about the key, so the next request asks again.
    fresh.key.catch(() => {
      if (remembered.get(id) === fresh) remembered.delete(id);
    });
    return fresh.key;
  }

  /** Writes down that a key was used, once a minute. Nobody waits for it, and to miss one does no harm. */
  function note({ id, lastUsedAt = 0 }: ApiKey, at: number): void {
    const minute = at - (at % MINUTE_MS);
    if (Math.max(lastUsedAt, usedAt.get(id) ?? 0) >= minute) return;
    if (usedAt.size >= MAX_REMEMBERED) usedAt.clear();
    usedAt.set(id, minute);
    store.write(({ db }) => markUsed(db, { id, at: minute })).catch(() => undefined);
  }

  return async (given) => {
    const id = keyIdOf(given);
    if (id === undefined) return undefined;
    const key = await recall(id);
    const at = now();
    const hash = hashKey(given);
    const own = key === undefined ? nothing : Buffer.from(key.hash, "hex");
    const old = key?.old === undefined || key.old.until <= at ? nothing : Buffer.from(key.old.hash, "hex");
    // Both each time, so that the time tells nothing.
    const matches = Number(timingSafeEqual(hash, own)) + Number(timingSafeEqual(hash, old));
    if (key === undefined || matches === 0 || !isUsable(key, at)) return undefined;
    note(key, at);
    return key;
  };
}
