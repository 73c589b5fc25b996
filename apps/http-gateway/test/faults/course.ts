import { between, type Random } from "./random.ts";

/** What becomes of one request on its way through a {@link startFaultProxy}. */
export interface Course {
  /** The connection is reset once this many bytes of the request have come; 0: as it is opened. */
  readonly resetAfter?: number;
  /** How often the upstream gets the request. Default: 1. */
  readonly deliver?: 0 | 1 | 2;
  /** How long the answer is held back. Default: not at all. */
  readonly delayMs?: number;
  /**
   * What the caller gets of the answer: all of it, nothing and the connection ends, nothing and the connection
   * stays open, or its beginning. Default: all of it.
   */
  readonly answer?: "whole" | "closed" | "never" | "cut";
  /** The connection looks alive after the answer, and is reset with the next request on it. */
  readonly deadAfter?: boolean;
}

/** What can go wrong between two who speak HTTP. */
export const faults = {
  "reset on accept": () => ({ resetAfter: 0 }),
  "reset in the request": (random) => ({ resetAfter: between(random, 1, 400) }),
  "closed before it was delivered": () => ({ deliver: 0, answer: "closed" }),
  "closed after it was delivered": () => ({ answer: "closed" }),
  "answer cut": () => ({ answer: "cut" }),
  "answer slow": (random) => ({ delayMs: between(random, 1, 60) }),
  "no answer, not delivered": () => ({ deliver: 0, answer: "never" }),
  "no answer, delivered": () => ({ answer: "never" }),
  "delivered twice": () => ({ deliver: 2 }),
  "dead keep-alive": () => ({ deadAfter: true }),
} as const satisfies Record<string, (random: Random) => Course>;

/** A fault by name. */
export type FaultName = keyof typeof faults;

/** How often each fault strikes, as a share of all requests; what is not named never does. */
export type Shares = Partial<Record<FaultName, number>>;

const names = Object.keys(faults).filter((name): name is FaultName => Object.hasOwn(faults, name));

/** Every fault, each as often as this. */
export const allFaults = (share: number): Shares => Object.fromEntries(names.map((name) => [name, share]));

/** Throws one die for each fault, so that several can meet: of what they disagree on, the later one is right. */
export function throwDice(random: Random, shares: Shares): Course {
  const struck = names.filter((name) => random() < (shares[name] ?? 0));
  return Object.assign({}, ...struck.map((name) => faults[name](random))) as Course;
}
