import { createAsk, readJson, shaped, type MockPlace } from "./ask.ts";
import {
  clockSchema,
  diffSchema,
  faultsSchema,
  identitySchema,
  journalSchema,
  worldSchema,
  worldsSchema,
  type Difference,
  type Entry,
  type Faults,
  type Identity,
  type Rule,
  type World,
  type WorldClock,
} from "./schemas.ts";

/** What a mock is like now, and the requests that are new. */
export interface MockReading {
  readonly identity: Identity;
  /** The world that the app works in. */
  readonly world: World;
  readonly worlds: readonly World[];
  readonly clock: WorldClock;
  readonly faults: Faults;
  /** Newest last. */
  readonly requests: readonly Entry[];
}

/** A change of a world's time: sets, advances, freezes or releases it, in this order. */
export interface ClockChange {
  /** Unix seconds. */
  readonly now?: number | undefined;
  readonly advance_seconds?: number | undefined;
  readonly frozen?: boolean | undefined;
  /** Back to the machine's time, running; nothing else is given then. */
  readonly real?: true | undefined;
}

/** Faults to inject in the place of those that are there. */
export interface FaultPlan {
  readonly seed: number;
  readonly rules: readonly Rule[];
}

/** A world as the mock writes it down; only the mock reads it. */
export interface WorldSnapshot {
  readonly world: World;
  readonly content: unknown;
}

/** The ways to write the journal down. */
export type JournalForm = "curl" | "vitest" | "har";

/** What can be done with a mock besides mesibo's own API. Everything rejects with `ControlError`. */
export interface Control {
  /** What is there, with the requests behind the one of this number. */
  readonly read: (after: number) => Promise<MockReading>;
  readonly changeClock: (change: ClockChange) => Promise<void>;
  readonly setFaults: (plan: FaultPlan) => Promise<void>;
  readonly snapshot: () => Promise<WorldSnapshot>;
  readonly restore: (content: unknown) => Promise<void>;
  /** Puts a copy of the world behind another token. */
  readonly fork: (token: string) => Promise<void>;
  /** What differs between the world as it is (a) and a snapshot of it (b). */
  readonly compare: (content: unknown) => Promise<Difference>;
  /** One request of the journal as code. */
  readonly requestAs: (n: number, form: JournalForm) => Promise<string>;
  /** The journal as a text for a file. */
  readonly journalAs: (form: JournalForm) => Promise<string>;
}

/** The latest requests that are asked for at once. */
const MAX_REQUESTS = 1000;

const worldPath = (token: string): string => `/worlds/${encodeURIComponent(token)}`;

/** The control of a mock, in this process or over HTTP. */
export function createControl(place: MockPlace): Control {
  const askAtOnce = createAsk(place);
  const own = worldPath(place.token);
  const identify = async (): Promise<Identity> =>
    shaped(identitySchema, await askAtOnce({ path: "/identity" }));

  // The token stands in the paths, so who is no mock is found out before it is asked with one.
  const ask: typeof askAtOnce = async (question) => {
    await identify();
    return askAtOnce(question);
  };

  return {
    read: async (after) => {
      const identity = await identify();
      const journal = `${own}/requests?after=${after}&limit=${MAX_REQUESTS}`;
      return {
        identity,
        world: shaped(worldSchema, await askAtOnce({ path: own })),
        worlds: shaped(worldsSchema, await askAtOnce({ path: "/worlds" })).worlds,
        clock: shaped(clockSchema, await askAtOnce({ path: `${own}/clock` })),
        faults: shaped(faultsSchema, await askAtOnce({ path: `${own}/faults` })),
        requests: shaped(journalSchema, await askAtOnce({ path: journal })).requests,
      };
    },
    changeClock: async ({ real, ...change }) => {
      if (real === true) {
        // How far it is ahead is the same from now on, since it runs.
        const running = await ask({ method: "PATCH", path: `${own}/clock`, body: { frozen: false } });
        const { ahead } = shaped(clockSchema, running);
        await askAtOnce({ method: "PATCH", path: `${own}/clock`, body: { advance_seconds: -ahead } });
        return;
      }
      await ask({ method: "PATCH", path: `${own}/clock`, body: change });
    },
    setFaults: async (plan) => {
      await ask({ method: "PUT", path: `${own}/faults`, body: plan });
    },
    snapshot: async () => {
      const world = shaped(worldSchema, await ask({ path: own }));
      return { world, content: readJson(await askAtOnce({ path: `${own}/snapshot` })) };
    },
    restore: async (content) => {
      await ask({ method: "PUT", path: `${own}/snapshot`, body: content });
    },
    fork: async (token) => {
      await ask({ method: "PUT", path: worldPath(token), body: { from: place.token } });
    },
    compare: async (content) =>
      shaped(diffSchema, await ask({ method: "POST", path: `${own}/diff`, body: content })),
    requestAs: async (n, form) => (await ask({ path: `${own}/requests/${n}?as=${form}` })) ?? "",
    journalAs: async (form) =>
      (await ask({ path: `${own}/requests?limit=${MAX_REQUESTS}&as=${form}` })) ?? "",
  };
}
