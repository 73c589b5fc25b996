import type { Row } from "./bench.ts";
import { load, requestBytes } from "./load.ts";
import { sample, type Sample } from "./sample.ts";
import { startMockBin, type Server } from "./server.ts";
import { paired, type Figure, type Measurement } from "./stats.ts";

const MEMBERS = 100_000;
const GROUPS = 10;
const gids = Array.from({ length: GROUPS }, (_, index) => 102529 + index);

const addresses = Array.from({ length: MEMBERS }, (_, index) => `user${index}@example.com`).join(",");
const permissions = { send: true, recv: true, pub: true, sub: true, list: true };

const json = (body: Readonly<Record<string, unknown>>): Buffer =>
  requestBytes({ method: "POST", target: "/backend/", body: JSON.stringify({ token: "t", ...body }) });
const editForm = (gid: number): Buffer =>
  requestBytes({
    method: "POST",
    target: "/backend/",
    body: new URLSearchParams({
      op: "groupeditmembers",
      token: "t",
      gid: String(gid),
      m: addresses,
      cs: "1",
      cr: "1",
      canpub: "1",
      cansub: "1",
      canlist: "1",
    }).toString(),
    contentType: "application/x-www-form-urlencoded",
  });
const editJson = (gid: number): Buffer =>
  json({ op: "groupeditmembers", group: { gid, members: { m: addresses, permissions } } });

/** The server's own time for one request, in milliseconds of its CPU. */
async function cpuOf(server: Server, request: Buffer): Promise<number> {
  const before = await server.usage();
  await load({ port: server.port, next: () => request, connections: 1, milliseconds: 0 });
  const after = await server.usage();
  return (after.cpuUs - before.cpuUs) / 1_000;
}

const lookUp = (gid: number, count: number): Buffer => json({ op: "groupgetmembers", group: { gid }, count });

/** How fast 20 members are told of one group after the other, beside a world whose groups have no others. */
async function lookUps(large: Server, rounds: number): Promise<Measurement> {
  const small = await startMockBin();
  const few = addresses.split(",", 20).join(",");
  try {
    const setUp = [
      json({ op: "message", from: "user0@example.com", to: few, message: "hi", forced: true }),
      ...gids.map(() => json({ op: "groupadd", group: { name: "G", members: { m: few } } })),
    ];
    for (const request of setUp) await cpuOf(small, request);
    let asked = 0;
    const next = (): Buffer => lookUp(gids[(asked += 1) % GROUPS] ?? 0, 20);
    const size = { next, connections: 64, milliseconds: 1_000 };
    const samples: Readonly<Record<"small" | "large", Sample[]>> = { small: [], large: [] };
    for (const server of [small, large]) await sample(server, { ...size, milliseconds: 2_000 });
    for (let round = 0; round < rounds; round += 1) {
      samples.small.push(await sample(small, size));
      samples.large.push(await sample(large, size));
    }
    return paired(
      {
        name: "20 members looked up among 1,000,000 memberships, requests/s",
        of: "among 200",
        target: "about 1",
        unit: "requests/s",
      },
      ["1,000,000", samples.large.map(({ perSecond }) => perSecond)],
      ["200", samples.small.map(({ perSecond }) => perSecond)],
    );
  } finally {
    await small.stop();
  }
}

/** A list of 100,000 addresses in one request, and a world of 1,000,000 memberships. */
export async function largeWorld(quick: boolean): Promise<readonly Row[]> {
  const server = await startMockBin();
  const send = (request: Buffer): Promise<number> => cpuOf(server, request);
  try {
    await send(
      json({ op: "message", from: "user0@example.com", to: addresses, message: "hi", forced: true }),
    );
    const times: Readonly<Record<"form" | "json", number[]>> = { form: [], json: [] };
    for (let index = 0; index < GROUPS; index += 1) {
      await send(json({ op: "groupadd", group: { name: `G${index}` } }));
      const kind = index % 2 === 0 ? "form" : "json";
      times[kind].push(await send(kind === "form" ? editForm(102529 + index) : editJson(102529 + index)));
    }
    // At rest: what the last requests left behind has gone.
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const { rssBytes } = await server.usage();
    const slowest = (kind: "form" | "json"): Figure => ({
      name: `groupeditmembers with 100,000 addresses, ${kind}, slowest of 5`,
      value: Math.max(...times[kind]),
      unit: "ms of CPU",
      target: "under 300",
    });
    return [
      await lookUps(server, quick ? 3 : 9),
      slowest("form"),
      slowest("json"),
      {
        name: "RSS with 1,000,000 memberships, at rest",
        value: rssBytes / 2 ** 20,
        unit: "MiB",
        target: "under 250",
      },
    ];
  } finally {
    await server.stop();
  }
}
