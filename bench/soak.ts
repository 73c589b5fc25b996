import { load, requestBytes } from "./load.ts";
import { startMockBin } from "./server.ts";
import type { Figure } from "./stats.ts";

const CONNECTIONS = 8;
const SAMPLE_MS = 5_000;
const GROUPS = 100;
const USERS = 1_000;

const json = (body: Readonly<Record<string, unknown>>): Buffer =>
  requestBytes({ method: "POST", target: "/backend/", body: JSON.stringify({ token: "t", ...body }) });
const user = (index: number): string => `user${index % USERS}@example.com`;
const gid = (index: number): number => 102529 + (index % GROUPS);

/** Every op, refusals and HTML among them, with state that stays as large as it is. */
const mixed: readonly ((index: number) => Buffer)[] = [
  (index) => json({ op: "useradd", user: { address: user(index), token: { appid: "x" } } }),
  (index) => json({ op: "userset", user: { address: user(index), name: `User ${index}` } }),
  (index) => json({ op: "groupset", group: { gid: gid(index), name: `Group ${index}` } }),
  (index) => json({ op: "groupeditmembers", group: { gid: gid(index), members: { m: user(index * 7) } } }),
  (index) =>
    json({ op: "groupeditmembers", group: { gid: gid(index), members: { m: user(index * 7), remove: 1 } } }),
  // Ends in a second, so groups come and go.
  (index) => json({ op: "groupadd", group: { name: `Short ${index}`, duration: 1 } }),
  () => json({ op: "groupsget", count: 5 }),
  (index) => json({ op: "groupgetmembers", group: { gid: gid(index) } }),
  (index) => json({ op: "message", from: user(0), gid: gid(index), message: "hi" }),
  (index) => json({ op: "groupdel", group: { gid: 7 + (index % 3) } }),
  (index) => requestBytes({ method: "GET", target: `/api.php?op=usersget&token=t&count=${index % 20}` }),
  (index) =>
    requestBytes({
      method: "POST",
      target: "/backend/",
      body: `op=groupeditmembers&token=t&gid=${gid(index)}&m=nobody`,
      contentType: "application/x-www-form-urlencoded",
    }),
];

/** The slope of values that were taken at equal intervals, per interval (least squares). */
function slope(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const over = values.reduce((sum, value, index) => sum + (index - middle) * (value - mean), 0);
  const under = values.reduce((sum, _, index) => sum + (index - middle) ** 2, 0);
  return over / under;
}

/** How the memory of the built mock grows under mixed load; the first fifth is warm-up. */
export async function soak(minutes: number): Promise<Figure> {
  const server = await startMockBin();
  const rss: number[] = [];
  let asked = 0;
  try {
    for (let index = 0; index < USERS; index += 1)
      await load({
        port: server.port,
        next: () => mixed[0]?.(index) ?? Buffer.of(),
        connections: 1,
        milliseconds: 0,
      });
    for (let index = 0; index < GROUPS; index += 1)
      await load({
        port: server.port,
        next: () => json({ op: "groupadd", group: {} }),
        connections: 1,
        milliseconds: 0,
      });
    const samples = Math.max(5, Math.round((minutes * 60_000) / SAMPLE_MS));
    for (let index = 0; index < samples; index += 1) {
      const next = (): Buffer => {
        asked += 1;
        return mixed[asked % mixed.length]?.(asked) ?? Buffer.of();
      };
      await load({ port: server.port, next, connections: CONNECTIONS, milliseconds: SAMPLE_MS });
      rss.push((await server.usage()).rssBytes / 2 ** 20);
    }
  } finally {
    await server.stop();
  }
  const settled = rss.slice(Math.ceil(rss.length / 5));
  return {
    name: `RSS slope in ${minutes} min of mixed load, ${asked.toLocaleString("en")} requests`,
    value: (slope(settled) * 60_000) / SAMPLE_MS,
    unit: "MiB/min",
    target: "under 1",
    samples: rss,
  };
}
