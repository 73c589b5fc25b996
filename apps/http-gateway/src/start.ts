import { hostname } from "node:os";
import type { Config } from "./config.ts";
import { defaultPolicy } from "./config-policy.ts";
import { refuseUnfinished } from "./db/copy.ts";
import { keepBeating, presentInstances } from "./instances.ts";
import { keepLatch, readLatch, tokenMark } from "./latch.ts";
import { createMetrics, type Metrics } from "./metrics/metrics.ts";
import { newId } from "./new-id.ts";
import { createEngine, type Engine } from "./operations/engine.ts";
import { importAll } from "./operations/kinds/import-groups.ts";
import { recover, type Recovered } from "./operations/recover.ts";
import { defaultKept, keepSwept } from "./retention.ts";
import { openStore } from "./store/open.ts";
import { traceCall } from "./tracing/call-span.ts";
import { withTransactionSpans } from "./tracing/transaction-spans.ts";
import { createUpstream } from "./upstream.ts";

/** Everything behind the gateway's routes. */
export interface Started {
  readonly engine: Engine;
  /** What an operator should know about how it was found. */
  readonly remarks: readonly string[];
  readonly metrics: Metrics;
  /** Lets nothing new begin. What is under way goes on. */
  readonly stop: () => void;
  readonly close: () => Promise<void>;
}

/** What an engine is started with. */
export interface StartOptions
  extends Pick<Config, "database" | "upstream">, Partial<Pick<Config, "policy" | "kept">> {
  /** Told of each operation that a process left behind. Default: nobody is. */
  readonly onRecovered?: ((recovered: Recovered) => void) | undefined;
}

function remarkOn(left: readonly Recovered[]): string {
  const count = (became: Recovered["became"]) => left.filter((one) => one.became === became).length;
  const continued = count("continued");
  const goOn = continued === 0 ? "" : `${continued} going on, `;
  return `Operations left without an outcome: ${left.length}; ${goOn}${count("repeated")} settled, ${count("unknown")} unknown (GET /v1/operations?state=unknown).`;
}

/** How often a gateway looks for what others have left behind. */
const LOOK_MS = 15_000;

/**
 * Opens the store, makes the client, and settles what an earlier process has left behind.
 *
 * Throws `StoreError` where the store cannot be used.
 */
export async function startEngine({
  database,
  upstream,
  policy,
  kept = defaultKept,
  onRecovered,
}: StartOptions): Promise<Started> {
  const store = withTransactionSpans(await openStore(database));
  await refuseUnfinished(store).catch(async (error: unknown) => {
    await store.close();
    throw error;
  });
  const instance = newId(Date.now());
  const mark = upstream.kind === "demo" ? "demo" : tokenMark(upstream.token);
  const metrics = createMetrics();
  const stopper = new AbortController();
  const client = createUpstream(upstream, {
    policy,
    onCall: (record) => {
      metrics.call(record);
      traceCall(record);
    },
    latched: await readLatch(store, mark),
    // Where it cannot be written down, this process stays stopped all the same.
    onLatch: (refused) => void keepLatch(store, { refused, mark, at: Date.now() }).catch(() => undefined),
  });
  const engine = createEngine({
    store,
    client,
    instance,
    quietMs: (policy ?? defaultPolicy).quietMs,
    stopping: stopper.signal,
  });
  const leave = await keepBeating(store, { id: instance, label: hostname(), now: engine.now });

  const look = async () => {
    const present = await presentInstances(store, { own: instance, now: engine.now() });
    return recover(engine, { isGone: (id) => !present.has(id), onRecovered });
  };
  const left = await look();
  const timer = setInterval(() => void look().catch(() => undefined), LOOK_MS);
  timer.unref();
  const sweeper = keepSwept(store, { now: engine.now, kept });
  const stopListening = store.listen("latch", () => {
    void readLatch(store, mark).then(
      (refused) => (refused === undefined ? client.reset() : client.latch(refused)),
      () => undefined,
    );
  });
  if (upstream.kind === "demo") await importAll(engine);

  return {
    engine,
    metrics,
    stop: () => {
      stopper.abort();
    },
    remarks: left.length === 0 ? [] : [remarkOn(left)],
    close: async () => {
      clearInterval(timer);
      sweeper.stop();
      stopListening();
      stopper.abort();
      await engine.idle();
      await leave().catch(() => undefined);
      await store.close();
    },
  };
}
