import { createInstance, type Instance } from "./instance.ts";
import { demoSeed, type Seed } from "./seed.ts";
import { createWorlds, type Contents, type Worlds, type WorldsOptions } from "./worlds.ts";

/** How a mock is made. */
export interface MockOptions {
  /** The app tokens that are known; others get `AUTHFAIL`. Default: any token works and has its own world. */
  readonly tokens?: readonly string[] | undefined;
  /** What each world starts with. Default: nothing. */
  readonly seed?: Seed | undefined;
  /** Unix seconds. Default: the system's clock. */
  readonly now?: (() => number) | undefined;
  /** How many requests each world remembers. Default: 10,000. */
  readonly journal?: number | undefined;
  /** Whether the control API and the console answer below `/_mock`. Default: true. */
  readonly control?: boolean | undefined;
}

/** The token of a mock that knows any. */
const DEFAULT_TOKEN = "mock-app-token";

/** What a mock is made of, whichever way it is reached. */
export interface MockParts {
  readonly worlds: Worlds;
  readonly token: string;
  readonly instance: Instance;
  readonly control: boolean;
}

function seedName(seed: Seed | undefined): string {
  if (seed === undefined) return "none";
  return seed === demoSeed ? "demo" : "custom";
}

/** Opens what worlds are kept in, given what they are at any time. */
export type OpenKept = (
  present: () => Iterable<readonly [token: string, Contents]>,
) => Pick<WorldsOptions, "kept" | "recorder">;

/** Fills in a mock's options. Throws `TypeError` where they contradict themselves. */
export function mockParts(options: MockOptions, openKept?: OpenKept): MockParts {
  const { tokens, seed, now = () => Math.floor(Date.now() / 1000), journal, control = true } = options;
  if (tokens?.includes("") === true) throw new TypeError("createMock: an app token must not be empty.");
  if (tokens !== undefined && tokens.length === 0) {
    throw new TypeError("createMock: tokens must name at least one app token, or be left out to take any.");
  }
  if (journal !== undefined && !(Number.isSafeInteger(journal) && journal >= 0)) {
    throw new TypeError(`createMock: journal must be a whole number of requests from 0, not ${journal}.`);
  }
  const present = (): Iterable<readonly [string, Contents]> =>
    worlds.list().map(({ token, world, clock }) => [token, { world, clock: clock.state() }]);
  const worlds = createWorlds({ tokens, seed, now, journal, ...openKept?.(present) });
  return {
    worlds,
    token: tokens?.[0] ?? DEFAULT_TOKEN,
    instance: createInstance(seedName(seed)),
    control,
  };
}
