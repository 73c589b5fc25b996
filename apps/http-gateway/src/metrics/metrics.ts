import { monitorEventLoopDelay, type Histogram } from "node:perf_hooks";
import type { CallRecord } from "@mesibo-groups/core";
import type { Engine } from "../operations/engine.ts";
import type { RequestRecord } from "../log.ts";
import { counter, gauge, histogram } from "./series.ts";
import packageJson from "../../package.json" with { type: "json" };

/** Counts what the gateway does. No label names a group, an address or a key. */
export interface Metrics {
  readonly request: (record: RequestRecord) => void;
  readonly call: (record: Pick<CallRecord, "op" | "outcome" | "attempt" | "durationMs" | "waitedMs">) => void;
  readonly replayed: () => void;
  readonly denied: () => void;
  /** A stream of events has begun, has ended, or was cut because nobody took what it sent. */
  readonly stream: (change: "begun" | "ended" | "cut") => void;
  readonly failedLogin: (limited: boolean) => void;
  /** Prometheus text, with what the store knows of operations. */
  readonly render: (engine: Engine) => Promise<string>;
}

/** Operations by state, and the age of the oldest one whose outcome nobody knows. */
async function readOperations({ store, now }: Engine) {
  const [states, oldest] = await store.read((db) =>
    Promise.all([
      db
        .selectFrom("operations")
        .select(({ fn }) => ["state", fn.countAll<number | string>().as("count")])
        .groupBy("state")
        .execute(),
      db
        .selectFrom("operations")
        .select(({ fn }) => fn.min("created_at").as("at"))
        .where("state", "=", "unknown")
        .executeTakeFirst(),
    ]),
  );
  const at = oldest?.at;
  return [
    gauge({ name: "gateway_operations", help: "Operations that are kept, by state." }, () =>
      states.map(({ state, count }) => [{ state }, Number(count)] as const),
    ),
    gauge(
      {
        name: "gateway_oldest_unknown_seconds",
        help: "Age of the oldest operation whose outcome nobody knows; 0: there is none.",
      },
      () => [[{}, at === undefined || at === null ? 0 : (now() - at) / 1000]],
    ),
  ];
}

const flag = (value: boolean): number => (value ? 1 : 0);

const one = (name: string, help: string, value: number) => gauge({ name, help }, () => [[{}, value]]);

/** A counter that somebody else keeps. */
function grown(name: string, help: string, value: number) {
  const series = counter({ name, help });
  series.add({}, value);
  return series;
}

const RESOLUTION_MS = 20;

/** How late an event loop was, in seconds: Node counts the whole pause between two looks. */
const lateness = (delay: Histogram): number =>
  Math.max(0, delay.percentile(99) / 1e9 - RESOLUTION_MS / 1_000);

/** Starts counting. */
export function createMetrics(): Metrics {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  const requests = counter({ name: "gateway_requests_total", help: "Answered requests." });
  const durations = histogram({ name: "gateway_request_duration_seconds", help: "Time to an answer." });
  const calls = counter({ name: "gateway_upstream_calls_total", help: "Calls of mesibo, by outcome." });
  const retries = counter({ name: "gateway_upstream_retries_total", help: "Calls that were repetitions." });
  const callDurations = histogram({ name: "gateway_upstream_duration_seconds", help: "Time of one call." });
  const replays = counter({
    name: "gateway_idempotency_replays_total",
    help: "Answers that were given again for an Idempotency-Key.",
  });
  const denials = counter({
    name: "gateway_rate_denials_total",
    help: "Requests over a key's limit.",
  });
  const cuts = counter({
    name: "gateway_event_streams_cut_total",
    help: "Streams of events that were cut because nobody took what they sent.",
  });
  let streams = 0;
  const failures = counter({
    name: "gateway_failed_logins_total",
    help: "Requests without a valid API key. limited: over what one address may fail.",
  });
  const waits = histogram({
    name: "gateway_upstream_queue_wait_seconds",
    help: "Time that a call waited for a place among the requests in flight.",
  });
  const series = [
    requests,
    durations,
    calls,
    retries,
    callDurations,
    waits,
    replays,
    denials,
    failures,
    cuts,
  ];

  return {
    request: ({ route, method, status, duration_ms }) => {
      const labels = { route: route ?? "none", method };
      requests.add({ ...labels, status });
      durations.observe(labels, duration_ms / 1000);
    },
    call: ({ op, outcome, attempt, durationMs, waitedMs }) => {
      calls.add({ op, outcome });
      if (attempt > 1) retries.add({ op });
      callDurations.observe({ op }, durationMs / 1000);
      waits.observe({}, waitedMs / 1000);
    },
    replayed: () => replays.add({}),
    denied: () => denials.add({}),
    stream: (change) => {
      if (change === "cut") cuts.add({});
      else streams += change === "begun" ? 1 : -1;
    },
    failedLogin: (limited) => failures.add({ limited: String(limited) }),
    render: async (engine) => {
      const { inFlight, queued, breaker, retriesRefused, quietGroups, latched } = engine.client.state();
      const all = [
        ...series,
        ...(await readOperations(engine)),
        one("gateway_latched", "1 once mesibo has refused the token.", flag(latched !== undefined)),
        one("gateway_upstream_in_flight", "Requests to mesibo under way.", inFlight),
        one("gateway_upstream_queued", "Calls that wait for a place among them.", queued),
        gauge({ name: "gateway_upstream_breaker", help: "1 for the state that the breaker is in." }, () =>
          (["closed", "open", "half_open"] as const).map((state) => [{ state }, flag(state === breaker)]),
        ),
        one("gateway_quiet_groups", "Groups left alone after a lost change.", quietGroups),
        grown("gateway_upstream_retries_refused_total", "Repetitions over the budget.", retriesRefused),
        one("gateway_event_streams", "Streams of events that are open.", streams),
        one("gateway_draining", "1 once the gateway ends.", flag(engine.stopping.aborted)),
        one("gateway_event_loop_delay_p99_seconds", "Delay of the event loop.", lateness(delay)),
        one("gateway_memory_bytes", "Resident memory.", process.memoryUsage.rss()),
        gauge({ name: "gateway_build_info", help: "What runs." }, () => [
          [{ version: packageJson.version, store: engine.store.kind, node: process.version }, 1],
        ]),
      ];
      return `${all.flatMap((each) => each.render()).join("\n")}\n`;
    },
  };
}
