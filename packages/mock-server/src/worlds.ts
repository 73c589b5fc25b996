import { copyClock, createClock, type Clock } from "./clock.ts";
import { forkWorld } from "./engine/fork.ts";
import type { World } from "./engine/world.ts";
import { seededWorld, type Seed } from "./seed.ts";

/** A world and its time. */
export interface WorldEntry {
  readonly world: World;
  readonly clock: Clock;
}

/** All worlds of a mock, by app token. */
export interface Worlds {
  /** The world behind a token, made when it is first asked for; undefined for a token that is not known. */
  readonly find: (token: string) => WorldEntry | undefined;
  /** Puts a copy of one world behind another token, in place of what is there; false for an unknown token. */
  readonly fork: (from: WorldEntry, token: string) => boolean;
  /** Back to the seed and to the system's time. */
  readonly reset: (token: string) => void;
  /** Every world back to the seed and to the system's time. */
  readonly resetAll: () => void;
}

/** How worlds are made. */
export interface WorldsOptions {
  readonly tokens: readonly string[] | undefined;
  readonly seed: Seed | undefined;
  /** Unix seconds. */
  readonly now: () => number;
}

/** mesibo's tokens have 64 characters (TH); a longer text than this is no token but a mistake or an attack. */
const MAX_TOKEN_LENGTH = 256;

/** Keeps worlds apart by token. Any token works unless `tokens` names the known ones. */
export function createWorlds({ tokens, seed, now }: WorldsOptions): Worlds {
  const worlds = new Map<string, WorldEntry>();
  const known = tokens === undefined ? undefined : new Set(tokens);
  const isToken = (token: string): boolean =>
    known === undefined ? token !== "" && token.length <= MAX_TOKEN_LENGTH : known.has(token);

  return {
    find: (token) => {
      const entry = worlds.get(token);
      if (entry !== undefined || !isToken(token)) return entry;
      const fresh = { world: seededWorld(seed, now()), clock: createClock(now) };
      worlds.set(token, fresh);
      return fresh;
    },
    fork: ({ world, clock }, token) => {
      if (!isToken(token)) return false;
      worlds.set(token, { world: forkWorld(world), clock: copyClock(clock, now) });
      return true;
    },
    reset: (token) => {
      worlds.delete(token);
    },
    resetAll: () => {
      worlds.clear();
    },
  };
}
