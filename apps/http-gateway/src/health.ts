import type { BreakerState } from "@mesibo-groups/core";
import type { Check } from "./health-check.ts";
import type { Engine } from "./operations/engine.ts";
import { latchedProblem } from "./upstream-problem.ts";

async function checkStore({ store }: Engine): Promise<Check> {
  try {
    // Through the queue of writers: one that hangs there is not ready, although it could read.
    await store.write(({ db }) => db.selectFrom("meta").select("name").limit(1).execute());
    return { name: "store", ok: true, reason: `${store.kind} takes transactions` };
  } catch {
    return { name: "store", ok: false, reason: "the store takes no transaction; the gateway's log has more" };
  }
}

const upstreamWords = {
  closed: "mesibo answers, or was not asked lately",
  open: "mesibo does not answer, and is left alone for a few seconds; reads are answered all the same",
  half_open: "mesibo did not answer; the next call finds out whether it does again",
} as const satisfies Record<BreakerState, string>;

/** Whether the gateway would do its work, from what it knows: mesibo is not called. */
export async function readiness(engine: Engine): Promise<readonly Check[]> {
  const latch = engine.client.latched();
  return [
    await checkStore(engine),
    {
      name: "latch",
      ok: latch === undefined,
      reason:
        latch === undefined ? "mesibo has not refused the token" : latchedProblem(latch, "no").facts.detail,
    },
    // Another gateway would reach mesibo no better, so this takes none out of service.
    { name: "upstream", ok: true, reason: upstreamWords[engine.client.state().breaker] },
    {
      name: "draining",
      ok: !engine.stopping.aborted,
      reason: engine.stopping.aborted ? "the gateway is ending" : "the gateway takes requests",
    },
  ];
}
