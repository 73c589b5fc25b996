import { now } from "../time.ts";

/** Whether requests are let through: `half_open` lets one through, to see. */
export type BreakerState = "closed" | "open" | "half_open";

/** What became of a request, as far as the way there is concerned. `aborted` by its caller says nothing. */
export type Arrival = "answered" | "lost" | "aborted";

/** What a request came to: `failed` with its reason, or answered in some way. */
export type Ended = { readonly kind: "failed"; readonly reason: string } | { readonly kind: string };

/** What a request that has ended tells about the way there. */
export function arrivalOf(ended: Ended): Arrival {
  if (ended.kind !== "failed") return "answered";
  return "reason" in ended && ended.reason === "aborted" ? "aborted" : "lost";
}

/** A request that was let through. Called once with what became of it. */
export type Report = (arrival: Arrival) => void;

/** Holds requests back while none of them comes through. */
export interface Breaker {
  readonly state: () => BreakerState;
  /** Milliseconds until it is worth while to ask again, or 0 where a request would be let through now. */
  readonly waitMs: () => number;
  /** Lets a request through, or answers undefined. `safe`: nothing is harmed when its answer is lost. */
  readonly admit: (safe: boolean) => Report | undefined;
}

const WINDOW_MS = 30_000;
const MIN_REQUESTS = 20;
const MAX_LOST = 0.5;
const OPEN_MS = 10_000;

/** A probe is under way: it has an answer by then, or another one is let through. */
const PROBE_MS = 1_000;

/** What came and went in one second. */
interface Second {
  readonly at: number;
  lost: number;
  all: number;
}

/** Counts what became of the requests of the last half minute. */
function createWindow() {
  let seconds: Second[] = [];

  return {
    add: (lost: boolean): void => {
      const at = Math.floor(now() / 1000);
      seconds = seconds.filter((second) => second.at > at - WINDOW_MS / 1000);
      const last = seconds.at(-1);
      const second = last?.at === at ? last : { at, lost: 0, all: 0 };
      if (second !== last) seconds.push(second);
      second.lost += Number(lost);
      second.all += 1;
    },
    isLost: (): boolean => {
      const all = seconds.reduce((sum, second) => sum + second.all, 0);
      const lost = seconds.reduce((sum, second) => sum + second.lost, 0);
      return all >= MIN_REQUESTS && lost >= all * MAX_LOST;
    },
    clear: (): void => {
      seconds = [];
    },
  };
}

/** Makes a breaker, closed at first. */
export function createBreaker(): Breaker {
  const window = createWindow();
  let openedAt: number | undefined;
  let probing = false;

  const leftMs = (): number => (openedAt === undefined ? 0 : Math.max(0, openedAt + OPEN_MS - now()));
  const state = (): BreakerState => (openedAt === undefined ? "closed" : leftMs() > 0 ? "open" : "half_open");

  const count: Report = (arrival) => {
    // What was sent before it opened tells nothing new.
    if (openedAt !== undefined || arrival === "aborted") return;
    window.add(arrival === "lost");
    if (window.isLost()) openedAt = now();
  };

  const probed: Report = (arrival) => {
    probing = false;
    if (arrival === "lost") openedAt = now();
    if (arrival !== "answered") return;
    openedAt = undefined;
    window.clear();
  };

  return {
    state,
    waitMs: () => (probing ? PROBE_MS : leftMs()),
    admit: (safe) => {
      const found = state();
      if (found === "closed") return count;
      if (found === "open" || probing || !safe) return undefined;
      probing = true;
      return probed;
    },
  };
}

/** A breaker that lets everything through. */
export const noBreaker: Breaker = {
  state: () => "closed",
  waitMs: () => 0,
  admit: () => () => undefined,
};
