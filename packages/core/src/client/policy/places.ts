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

/** Makes so many places, all free. Who came first is served first. */
export function createPlaces({
  maxInFlight,
  maxQueued,
  queueWaitMs,
}: Pick<PolicySettings, "maxInFlight" | "maxQueued" | "queueWaitMs">): Places {
  const line = new Set<() => void>();
  let inFlight = 0;

  return {
    take: async (limits) => {
      if (inFlight < maxInFlight) {
        inFlight += 1;
        return "taken";
      }
      if (line.size >= maxQueued) return "full";
      const { promise, resolve } = deferred<void>();
      const called = (): void => {
        resolve();
      };
      line.add(called);
      await pause(Math.min(queueWaitMs, limits.deadline - now()), limits.signal, promise);
      // Out of the line by somebody who left: the place is handed over, even where the time ran out just then.
      return line.delete(called) ? "waited" : "taken";
    },
    leave: () => {
      const [next] = line;
      if (next === undefined) {
        inFlight -= 1;
        return;
      }
      line.delete(next);
      next();
    },
    inFlight: () => inFlight,
    queued: () => line.size,
  };
}
