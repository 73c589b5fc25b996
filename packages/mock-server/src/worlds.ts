import { createClock, systemTime, type Clock, type ClockState } from "./clock.ts";
import { removeExpired } from "./engine/expiry.ts";
import { forkWorld } from "./engine/fork.ts";
import { setPresence } from "./engine/presence.ts";
import type { World } from "./engine/world.ts";
import { createFaults, type Faults } from "./faults/faults.ts";
import { createJournal, type Journal } from "./journal/journal.ts";
import { noRecorder, type Presence, type Recorder } from "./recorder.ts";
import { seededWorld, type Seed } from "./seed.ts";

/** A world with all that the mock keeps about it. */
export interface WorldEntry {
  /** Names the world where its token must not be shown; never used twice. */
  readonly id: number;
  readonly token: string;
  /** Another one after a restore. */
  world: World;
  clock: Clock;
  readonly journal: Journal;
  readonly faults: Faults;
  /** How often answers rested on a behaviour without a source, by the behaviour's id. */
  readonly relied: Map<string, number>;
  /** What a reset goes back to. */
  readonly seed: Seed | undefined;
}

/** A world and its time, to be put behind a token. */
export interface Contents {
  readonly world: World;
  readonly clock: ClockState;
  readonly seed?: Seed | undefined;
}

/** All worlds of a mock, by app token. */
export interface Worlds {
  /** The world behind a token, made when it is first asked for; undefined for a token that is not known. */
  readonly find: (token: string) => WorldEntry | undefined;
  /** The world behind a token where there is one already. */
  readonly peek: (token: string) => WorldEntry | undefined;
  readonly findById: (id: number) => WorldEntry | undefined;
  /** In the order of their making. */
  readonly list: () => readonly WorldEntry[];
  /** Gives a world other contents; journal and faults stay. */
  readonly restore: (entry: WorldEntry, contents: Omit<Contents, "seed">) => void;
  /** Puts a copy of one world behind another token, in place of what is there; undefined for an unknown token. */
  readonly fork: (from: WorldEntry, token: string) => WorldEntry | undefined;
  /** A world with this seed, at the system's time, behind a token; undefined for an unknown token. */
  readonly seed: (token: string, seed: Seed | undefined) => WorldEntry | undefined;
  /** Forgets a world; false where there is none. */
  readonly remove: (token: string) => boolean;
  /** Back to the seed and to the system's time, without faults and with an empty journal. */
  readonly reset: (token: string) => void;
  readonly resetAll: () => void;
  /** Every change of a world's time goes through here, so that it can be recorded. */
  readonly changeClock: (entry: WorldEntry, change: (clock: Clock) => void) => void;
  /** Says who is online, and records it; false, with nothing changed, where somebody is no user. */
  readonly setOnline: (entry: WorldEntry, presence: Presence) => boolean;
  readonly recorder: Recorder;
  /** Fires when the mock ends: what still waits then is given up. */
  readonly closed: AbortSignal;
  /** Ends what waits, and keeps what is to be kept. */
  readonly close: () => void;
  /** What a new world starts with. */
  readonly defaultSeed: Seed | undefined;
  /** Requests that reached no world: a token that is not known, or no token. */
  readonly strays: Journal;
}

/** How worlds are made. */
export interface WorldsOptions {
  readonly tokens: readonly string[] | undefined;
  readonly seed: Seed | undefined;
  /** Unix seconds. */
  readonly now: () => number;
  /** How many requests each world remembers. */
  readonly journal?: number | undefined;
  readonly recorder?: Recorder | undefined;
  /** Worlds that are there from the start. */
  readonly kept?: ReadonlyMap<string, Contents> | undefined;
}

/** mesibo's tokens have 64 characters (TH); a longer text than this is no token but a mistake or an attack. */
const MAX_TOKEN_LENGTH = 256;

const MAX_STRAYS = 1_000;

/** Keeps worlds apart by token. Any token works unless `tokens` names the known ones. */
export function createWorlds(options: WorldsOptions): Worlds {
  const { tokens, seed: defaultSeed, recorder = noRecorder } = options;
  const now = (): number => Math.floor(options.now());
  const worlds = new Map<string, WorldEntry>();
  const known = tokens === undefined ? undefined : new Set(tokens);
  const isToken = (token: string): boolean =>
    known === undefined ? token !== "" && token.length <= MAX_TOKEN_LENGTH : known.has(token);
  const closing = new AbortController();
  let made = 0;

  const enter = (token: string, { world, clock, seed }: Contents): WorldEntry => {
    made += 1;
    const entry: WorldEntry = {
      id: made,
      token,
      world,
      clock: createClock(now, clock),
      journal: createJournal(options.journal),
      faults: createFaults(),
      relied: new Map(),
      seed,
    };
    worlds.set(token, entry);
    return entry;
  };
  const put = (token: string, makeContents: () => Contents): WorldEntry | undefined => {
    if (!isToken(token)) return undefined;
    const contents = makeContents();
    // The list is in the order of making.
    worlds.delete(token);
    recorder.replaced(token, contents.world, contents.clock);
    return enter(token, contents);
  };
  const seed = (token: string, wanted: Seed | undefined): WorldEntry | undefined =>
    put(token, () => ({ world: seededWorld(wanted, now()), clock: systemTime, seed: wanted }));
  const reset = ({ token, seed: own }: WorldEntry): void => {
    seed(token, own);
  };

  for (const [token, contents] of options.kept ?? []) enter(token, { seed: defaultSeed, ...contents });

  return {
    find: (token) => (isToken(token) ? (worlds.get(token) ?? seed(token, defaultSeed)) : undefined),
    peek: (token) => worlds.get(token),
    findById: (id) => [...worlds.values()].find((entry) => entry.id === id),
    list: () => [...worlds.values()],
    restore: (entry, { world, clock }) => {
      recorder.replaced(entry.token, world, clock);
      entry.world = world;
      entry.clock = createClock(now, clock);
    },
    fork: ({ world, clock, seed: parents }, token) =>
      put(token, () => ({ world: forkWorld(world), clock: clock.state(), seed: parents })),
    seed,
    remove: (token) => {
      if (!worlds.delete(token)) return false;
      recorder.removed(token);
      return true;
    },
    reset: (token) => {
      const entry = worlds.get(token);
      if (entry !== undefined) reset(entry);
    },
    resetAll: () => {
      // What a reset makes is not to be met by the loop again.
      const before = [...worlds.values()];
      for (const entry of before) reset(entry);
    },
    changeClock: ({ token, world, clock }, change) => {
      const before = clock.now();
      // What has ended by now stays gone when the time is set back, whether somebody has looked at it or not.
      removeExpired(world, before);
      world.relied = [];
      change(clock);
      recorder.clocked(token, before, clock.state());
    },
    setOnline: ({ token, world }, presence) => {
      if (!setPresence(world, presence)) return false;
      if (Object.keys(presence).length > 0) recorder.presence(token, presence);
      return true;
    },
    recorder,
    closed: closing.signal,
    close: () => {
      closing.abort();
      recorder.close();
    },
    defaultSeed,
    strays: createJournal(MAX_STRAYS),
  };
}
