import { deferred } from "../deferred.ts";
import { now, pause, type Limits } from "../time.ts";
import type { PolicySettings } from "./options.ts";

/** Places for requests under way. Who finds none waits in a line. */
export interface Places {
  /**
   * Waits for a place, which {@link Places.leave} gives back. `full`: the line is too long; `waited`: the time, or
   * the signal, came first.
   */
  readonly take: (limits: Limits) => Promise<"taken" | "full" | "waited">;
  readonly leave: () => void;
  readonly inFlight: () => number;
  readonly queued: () => number;
}

/** Somebody who waits, to be told. */
type Waiter = (answer: "taken" | "full") => void;

/** A line for each caller, first come first served; the callers take turns. */
function createLines() {
  // Whoever is next stands first.
  const lines = new Map<string, Set<Waiter>>();
  let count = 0;

  function leave(caller: string, waiter: Waiter | undefined): void {
    const line = lines.get(caller);
    if (waiter !== undefined && line?.delete(waiter) === true) count -= 1;
    if (line?.size === 0) lines.delete(caller);
  }

  return {
    count: () => count,
    enter: (caller: string, waiter: Waiter): void => {
      lines.set(caller, (lines.get(caller) ?? new Set()).add(waiter));
      count += 1;
    },
    leave,
    /** Takes out who is next, and lets the other callers come before this one's others. */
    next: (): Waiter | undefined => {
      const [first] = lines;
      if (first === undefined) return undefined;
      const [caller, line] = first;
      const [waiter] = line;
      leave(caller, waiter);
      if (lines.delete(caller)) lines.set(caller, line);
      return waiter;
    },
    /** Takes out the last one of the longest line, where the caller's own would still not be longer with one more. */
    makeRoom: (caller: string): Waiter | undefined => {
      const own = lines.get(caller)?.size ?? 0;
      const longer = [...lines].filter(([, line]) => line.size > own + 1);
      const [longest] = longer.toSorted(([, one], [, other]) => other.size - one.size);
      if (longest === undefined) return undefined;
      const [name, line] = longest;
      const last = [...line].pop();
      leave(name, last);
      return last;
    },
  };
}

/**
 * Makes so many places, all free. Who came first is served first; callers that wait at the same time are served in
 * turn, and one with a long line makes room for the others.
 */
export function createPlaces({
  maxInFlight,
  maxQueued,
  queueWaitMs,
}: Pick<PolicySettings, "maxInFlight" | "maxQueued" | "queueWaitMs">): Places {
  const lines = createLines();
  let inFlight = 0;

  return {
    take: async ({ signal, deadline, caller = "" }) => {
      if (inFlight < maxInFlight) {
        inFlight += 1;
        return "taken";
      }
      if (lines.count() >= maxQueued) {
        const last = lines.makeRoom(caller);
        if (last === undefined) return "full";
        last("full");
      }
      const { promise, resolve } = deferred<void>();
      let answer: "taken" | "full" | "waited" = "waited";
      const waiter: Waiter = (told) => {
        answer = told;
        resolve();
      };
      lines.enter(caller, waiter);
      await pause(Math.min(queueWaitMs, deadline - now()), signal, promise);
      // Told meanwhile or not, even where the time ran out just then: a place that was handed over is taken.
      lines.leave(caller, waiter);
      return answer;
    },
    leave: () => {
      const next = lines.next();
      if (next === undefined) inFlight -= 1;
      else next("taken");
    },
    inFlight: () => inFlight,
    queued: lines.count,
  };
}
