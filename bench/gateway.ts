import { startGateway } from "./gateway-server.ts";
import { load, requestBytes } from "./load.ts";
import { sample, type Sample } from "./sample.ts";
import { groupadd } from "./contender.ts";
import { startBare, startMockBin } from "./server.ts";
import type { Row } from "./bench.ts";
import { median, paired, type Figure } from "./stats.ts";

const CONNECTIONS = 32;
const GROUPS = 20;

const op = (facts: Readonly<Record<string, unknown>>): Buffer =>
  requestBytes({ method: "POST", target: "/backend/", body: JSON.stringify({ token: "t", ...facts }) });

const listing = op({ op: "groupsget", count: GROUPS });
const adding = op({ op: "groupadd", group: { name: "Group" } });

const figure = (facts: Omit<Figure, "value" | "samples">, samples: readonly number[]): Figure => ({
  ...facts,
  value: median(samples),
  samples,
});

const each = <K extends keyof Sample>(samples: readonly Sample[], key: K): readonly Sample[K][] =>
  samples.map((one) => one[key]);

const MiB = 2 ** 20;

/**
 * What the built gateway answers, and what it costs, beside the mock that is behind it and beside bare node:http.
 * Second by second in turn.
 *
 * The targets per second were set on a machine on which bare node:http answers 61,000 GET requests per second. As
 * shares of that they hold for every machine: 3,500 is 0.057, 1,500 is 0.025.
 */
export async function gatewayRows(quick: boolean): Promise<readonly Row[]> {
  const { rounds, sampleMs, warmUpMs } = quick
    ? { rounds: 3, sampleMs: 300, warmUpMs: 1_000 }
    : { rounds: 9, sampleMs: 1_000, warmUpMs: 3_000 };
  const mock = await startMockBin();
  const gateway = await startGateway(mock);
  const bare = await startBare();
  const works = {
    bare: [bare, groupadd.GET, CONNECTIONS],
    list: [gateway, () => gateway.get(`/v1/groups?limit=${GROUPS}`), CONNECTIONS],
    "mock list": [mock, () => listing, CONNECTIONS],
    get: [gateway, () => gateway.get("/v1/groups/102529"), CONNECTIONS],
    create: [gateway, gateway.create, CONNECTIONS],
    "mock add": [mock, () => adding, CONNECTIONS],
    "create alone": [gateway, gateway.create, 1],
    "mock add alone": [mock, () => adding, 1],
  } as const;
  type Name = keyof typeof works;
  const taken: Record<Name, Sample[]> = {
    bare: [],
    list: [],
    "mock list": [],
    get: [],
    create: [],
    "mock add": [],
    "create alone": [],
    "mock add alone": [],
  };
  const run = ([server, next, connections]: (typeof works)[Name], milliseconds: number): Promise<Sample> =>
    sample(server, { next, connections, milliseconds });
  const names = Object.keys(works).filter((name): name is Name => name in taken);
  try {
    const idle = (await gateway.usage()).rssBytes;
    for (let group = 0; group < GROUPS; group += 1)
      await load({ port: gateway.port, next: gateway.create, connections: 1, milliseconds: 0 });
    for (const name of names) await run(works[name], warmUpMs);
    for (let round = 0; round < rounds; round += 1)
      for (const name of names) taken[name].push(await run(works[name], sampleMs));
    return rowsOf(taken, idle);
  } finally {
    await gateway.stop();
    await mock.stop();
    await bare.stop();
  }

  function rowsOf(of: typeof taken, idle: number): readonly Row[] {
    const p50 = (name: Name): readonly number[] => each(of[name], "latenciesMs").map(median);
    const direct = p50("mock add alone");
    const added = p50("create alone").map((value, index) => value - (direct[index] ?? Number.NaN));
    const underLoad = [...of.list, ...of.get, ...of.create];
    return [
      paired(
        {
          name: `a page of ${GROUPS} groups, requests/s`,
          of: "the mock listing as many",
          target: "at least 0.4",
          unit: "requests/s",
        },
        ["gateway", each(of.list, "perSecond")],
        ["mock", each(of["mock list"], "perSecond")],
      ),
      paired(
        {
          name: `a page of ${GROUPS} groups, CPU per request, inverse`,
          of: "the mock listing as many",
          target: "at least 0.4",
          unit: "µs",
        },
        ["mock", each(of["mock list"], "cpuUs")],
        ["gateway", each(of.list, "cpuUs")],
      ),
      paired(
        {
          name: "a durable create, requests/s",
          of: "the mock's groupadd",
          target: "none",
          unit: "requests/s",
        },
        ["gateway", each(of.create, "perSecond")],
        ["mock", each(of["mock add"], "perSecond")],
      ),
      ...(["list", "create"] as const).map((name) =>
        paired(
          {
            name: name === "list" ? `a page of ${GROUPS} groups, requests/s` : "a durable create, requests/s",
            of: "bare node:http",
            target: name === "list" ? "at least 0.057" : "at least 0.025",
            unit: "requests/s",
          },
          ["gateway", each(of[name], "perSecond")],
          ["bare", each(of.bare, "perSecond")],
        ),
      ),
      figure(
        { name: "bare node:http, requests/s", unit: "requests/s", target: "none" },
        each(of.bare, "perSecond"),
      ),
      figure(
        {
          name: `pages of ${GROUPS} groups with key check, ${CONNECTIONS} connections`,
          unit: "requests/s",
          target: "at least 3,500",
        },
        each(of.list, "perSecond"),
      ),
      figure(
        { name: "a page, CPU of the gateway", unit: "µs", target: "at most 285" },
        each(of.list, "cpuUs"),
      ),
      figure(
        { name: `one group with key check, ${CONNECTIONS} connections`, unit: "requests/s", target: "none" },
        each(of.get, "perSecond"),
      ),
      figure({ name: "one group, CPU of the gateway", unit: "µs", target: "none" }, each(of.get, "cpuUs")),
      figure(
        {
          name: `durable creates, fsync on, ${CONNECTIONS} connections`,
          unit: "requests/s",
          target: "at least 1,500",
        },
        each(of.create, "perSecond"),
      ),
      figure(
        { name: "a durable create, CPU of the gateway", unit: "µs", target: "none" },
        each(of.create, "cpuUs"),
      ),
      figure(
        {
          name: "a durable create alone, latency over the mock's, p50",
          unit: "ms",
          target: "at most 5",
        },
        added,
      ),
      { name: "RSS before the first request", value: idle / MiB, unit: "MiB", target: "at most 120" },
      {
        name: "RSS under load, at most",
        value: Math.max(...each(underLoad, "rssBytes")) / MiB,
        unit: "MiB",
        target: "at most 300",
        samples: each(underLoad, "rssBytes").map((bytes) => bytes / MiB),
      },
      {
        name: "event loop under load, delay p99, at most",
        value: Math.max(...each(underLoad, "loopDelayMs")),
        unit: "ms",
        target: "at most 50",
        samples: each(underLoad, "loopDelayMs"),
      },
    ];
  }
}
