import type { Address, FetchLike, Gid, Member } from "@mesibo-groups/core";
import type { Clock } from "./clock.ts";
import { createApp } from "./app.ts";
import { removeExpired } from "./engine/expiry.ts";
import { membersOf } from "./engine/roster.ts";
import type { Delivery } from "./engine/world.ts";
import type { Seed } from "./seed.ts";
import { createWorlds, type WorldEntry, type Worlds } from "./worlds.ts";

/** How a mock is made. */
export interface MockOptions {
  /** The app tokens that are known; others get `AUTHFAIL`. Default: any token works and has its own world. */
  readonly tokens?: readonly string[] | undefined;
  /** What each world starts with. Default: nothing. */
  readonly seed?: Seed | undefined;
  /** Unix seconds. Default: the system's clock. */
  readonly now?: (() => number) | undefined;
}

/** A group as a test sees it. */
export interface GroupSnapshot {
  readonly gid: Gid;
  readonly name: string;
  readonly members: readonly Member[];
}

/** One world: all state behind one app token. */
export interface WorldHandle {
  readonly token: string;
  /** Addresses of the users, in the order of their making. */
  readonly users: () => readonly Address[];
  readonly groups: () => readonly GroupSnapshot[];
  /** The world's time: set or advance it to see groups expire. */
  readonly clock: Clock;
  /** Messages as delivered, oldest first, at most 10,000. */
  readonly deliveries: () => readonly Delivery[];
  /**
   * Puts a copy of this world behind another token, in place of what is there. Both go on by themselves.
   * Takes a fraction of a millisecond. Throws `TypeError` for a token that the mock does not know.
   */
  readonly fork: (token: string) => WorldHandle;
  /** Back to the seed. */
  readonly reset: () => void;
}

/** A mock mesibo in this process. */
export interface Mock {
  /** Answers a request as mesibo would, without a network. Give it to `createClient`. */
  readonly fetch: FetchLike & ((request: Request) => Promise<Response>);
  /** The URL for the client to call. */
  readonly url: string;
  /** An app token that works. */
  readonly token: string;
  /** The world behind a token. Default: that of {@link Mock.token}. Throws `TypeError` for an unknown token. */
  readonly world: (token?: string) => WorldHandle;
  /** Every world back to the seed. */
  readonly reset: () => void;
}

/** The token of a mock that knows any. */
export const DEFAULT_TOKEN = "mock-app-token";

/** The parts of a mock that its HTTP server shares. */
export interface MockParts {
  readonly worlds: Worlds;
  readonly token: string;
}

/** Fills in a mock's options. Throws `TypeError` where they contradict themselves. */
export function mockParts(options: MockOptions): MockParts {
  const { tokens, seed, now = () => Math.floor(Date.now() / 1000) } = options;
  if (tokens !== undefined && tokens.length === 0) {
    throw new TypeError("createMock: tokens must name at least one app token, or be left out to take any.");
  }
  return { worlds: createWorlds({ tokens, seed, now }), token: tokens?.[0] ?? DEFAULT_TOKEN };
}

function snapshot({ world, clock }: WorldEntry): readonly GroupSnapshot[] {
  removeExpired(world, clock.now());
  return [...world.groups.values()].map(({ gid, name, roster }) => ({
    gid,
    name,
    members: [...membersOf(roster)].map(({ address, permissions }) => ({ address, permissions })),
  }));
}

const unknownToken = (): TypeError => new TypeError("world: this mock does not know the token.");

function handle(worlds: Worlds, token: string): WorldHandle {
  const entry = (): WorldEntry => {
    const found = worlds.find(token);
    if (found === undefined) throw unknownToken();
    return found;
  };
  entry();
  return {
    token,
    users: () => [...entry().world.uids.keys()],
    groups: () => snapshot(entry()),
    deliveries: () => [...entry().world.deliveries],
    clock: {
      now: () => entry().clock.now(),
      frozen: () => entry().clock.frozen(),
      set: (now) => entry().clock.set(now),
      advance: (seconds) => entry().clock.advance(seconds),
      freeze: () => entry().clock.freeze(),
      release: () => entry().clock.release(),
    },
    fork: (to) => {
      if (!worlds.fork(entry(), to)) throw unknownToken();
      return handle(worlds, to);
    },
    reset: () => {
      worlds.reset(token);
    },
  };
}

/** A mock around shared parts, with the URL that its client calls. */
export function assembleMock(
  parts: MockParts,
  { url, fetch }: { readonly url: string; readonly fetch: Mock["fetch"] },
): Mock {
  return {
    fetch,
    url,
    token: parts.token,
    world: (token = parts.token) => handle(parts.worlds, token),
    reset: parts.worlds.resetAll,
  };
}

/**
 * Makes a mock mesibo in this process: no port, no network, nothing to close.
 *
 * Each app token is a world of its own, so tests that use different tokens never meet.
 *
 * @example
 * ```ts
 * import { createClient } from "@mesibo-groups/core";
 * import { createMock } from "@mesibo-groups/mock-server";
 *
 * const mock = createMock();
 * const client = createClient({ token: mock.token, url: mock.url, fetch: mock.fetch });
 * const { gid } = await client.groups.create({ name: "News" });
 * console.assert(gid === 102529 && mock.world().groups().length === 1);
 * ```
 */
export function createMock(options: MockOptions = {}): Mock {
  const parts = mockParts(options);
  const app = createApp(parts.worlds);
  return assembleMock(parts, {
    url: "http://mesibo.mock/backend/",
    fetch: async (input: string | Request, init?: RequestInit) => {
      const request = new Request(input, init);
      // A caller who has given up sends nothing over a network either.
      request.signal.throwIfAborted();
      return app.fetch(request);
    },
  });
}
