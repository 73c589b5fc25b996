import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startMock, type RunningMock } from "@mesibo-groups/mock-server";
import { allPermissions, noPermissions } from "@mesibo-groups/core";
import pg from "pg";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import type { GroupView } from "../../src/schemas/group.ts";
import type { MemberView } from "../../src/schemas/member.ts";
import { findServer, makeDatabase } from "../store/postgres-server.ts";
import { KEY, TOKEN } from "../support/gateway.ts";
import { startBin } from "../support/process.ts";
import { createCaller, type Question, type Told } from "./caller.ts";
import { createRandom } from "./random.ts";

const preload = new URL("kill-at.mjs", import.meta.url).href;

/** Every moment in the life of an operation, and what had become of it in mesibo by then. */
const points = [
  ["before its intent is written", "before intent", "nothing"],
  ["before its intent is durable", "before intent-commit", "nothing"],
  ["once its intent is durable", "after intent-commit", "not sent"],
  ["before its request leaves", "before call", "not sent"],
  ["once mesibo has answered", "after call", "done"],
  ["before its outcome is written", "before outcome", "done"],
  ["before its outcome is durable", "before outcome-commit", "done"],
  ["once its outcome is durable, and nobody has heard", "after outcome-commit", "told"],
] as const;

/** Those in the life of a list of members of two calls, of which the first is about the victim. */
const listPoints = [
  ["before its intent is written", "before intent", "all"],
  ["before its intent is durable", "before intent-commit", "all"],
  ["once its intent is durable", "after intent-commit", "not sent"],
  ["before its first request leaves", "before call", "not sent"],
  ["once mesibo has answered the first", "after call", "done"],
  ["before the outcome of the first is written", "before outcome", "done"],
  ["before the outcome of the first is durable", "before outcome-commit", "done"],
  ["once the outcome of the first is durable", "after outcome-commit", "told"],
  ["before its end is written", "before end", "all"],
  ["before its end is durable", "before end-commit", "all"],
  ["once its end is durable, and nobody has heard", "after end-commit", "all"],
] as const;

const isLong = process.env["MESIBO_LONG"] === "1";
const server = await findServer();

/** Where a gateway keeps what must outlive it, new each time. */
const places = [
  {
    place: "a file",
    make: async () => {
      const folder = mkdtempSync(join(tmpdir(), "gateway-kill-"));
      onTestFinished(() => rmSync(folder, { recursive: true }));
      return { url: `file:${join(folder, "gateway.db")}`, forget: async () => undefined };
    },
  },
  ...(server === undefined
    ? []
    : [
        {
          place: "PostgreSQL",
          make: async () => {
            const { url, drop } = await makeDatabase(server);
            onTestFinished(drop);
            // Half a minute without a word, without waiting for it.
            const forget = async (): Promise<undefined> => {
              const client = new pg.Client({ connectionString: url });
              await client.connect();
              await client.query("update instances set seen_at = 0");
              await client.end();
            };
            return { url, forget };
          },
        },
      ]),
];

afterAll(() => server?.stop());

type Place = (typeof places)[number];

const listWays = [
  { how: "that a caller waits for", respondAsync: false },
  { how: "in the background", respondAsync: true },
];

/** Both in a long run, and otherwise one after the other from point to point. */
const waysAt = (killAt: string) =>
  isLong ? listWays : listWays.slice(listPoints.findIndex(([, point]) => point === killAt) % 2).slice(0, 1);

/** What a short run tries on PostgreSQL too: what is left there is read by the same code as from a file. */
const tellingPoints: ReadonlySet<string> = new Set([
  "after intent-commit",
  "after call",
  "after outcome-commit",
]);

const pointsOn = <P extends readonly [string, string, string]>({ place }: Place, all: readonly P[]) =>
  isLong || place === "a file" ? all : all.filter(([, killAt]) => tellingPoints.has(killAt));

/** A mock, and a gateway that can be started, and killed at a point. */
async function prepare({ make }: Place) {
  const mock = await startMock({ tokens: [TOKEN], seed: { users: ["Victim", "other"], groups: [] } });
  onTestFinished(() => mock.close());
  const { url: database, forget } = await make();
  const env = {
    MESIBO_APP_TOKEN: TOKEN,
    MESIBO_URL: mock.url,
    GATEWAY_API_KEY: KEY,
    DATABASE_URL: database,
    GATEWAY_LOG: "off",
    QUIET_MS: "100",
  };
  const start = async (killAt?: string) => {
    const killing = killAt === undefined ? {} : { KILL_AT: killAt, NODE_OPTIONS: `--import ${preload}` };
    const { child, firstLine, ended } = startBin(["--port", "0", "--json"], { ...env, ...killing });
    onTestFinished(() => void child.kill("SIGKILL"));
    const { url } = JSON.parse(await firstLine) as { url: string };
    const killed = async (): Promise<void> => {
      await ended;
      expect(child.signalCode).toBe("SIGKILL");
      await forget();
    };
    return { url, killed, ask: createCaller([url], createRandom(1)) };
  };
  const victims = () =>
    mock
      .world(TOKEN)
      .groups()
      .filter(({ name }) => name === "Victim");
  const sent = (op: string): number =>
    mock
      .world(TOKEN)
      .requests()
      .filter((entry) => entry.op === op && JSON.stringify(entry).includes("Victim")).length;
  return { mock, start, victims, sent };
}

/** Asks once, of a gateway that will not live to answer. */
async function askInVain(
  url: string,
  { method, path, key = "", body, respondAsync = false }: Question,
): Promise<void> {
  const headers = {
    authorization: `Bearer ${KEY}`,
    "content-type": "application/json",
    "idempotency-key": key,
    ...(respondAsync ? { prefer: "respond-async" } : {}),
  };
  const init = { method, headers, body: JSON.stringify(body) };
  await expect(fetch(new URL(path, url), init)).rejects.toThrow("fetch failed");
}

/** The names of the groups that a gateway knows, by gid. */
async function namesOf(
  ask: (question: Question) => Promise<Told>,
): Promise<Readonly<Record<number, string>>> {
  const told = await ask({ method: "GET", path: "/v1/groups" });
  if (told.kind !== "done") throw new Error("groups cannot be listed");
  const { items } = told.body as { items: readonly GroupView[] };
  return Object.fromEntries(items.map(({ gid, name }) => [gid, name]));
}

/** The names of the groups that there are, by gid. */
const namesIn = (mock: RunningMock): Readonly<Record<number, string>> =>
  Object.fromEntries(
    mock
      .world(TOKEN)
      .groups()
      .map(({ gid, name }) => [gid, name]),
  );

describe.each(places)("on $place", (place) => {
  describe.each(pointsOn(place, points))("killed %s", (_, killAt, fate) => {
    test("a create is made once at most, and told as what became of it", async () => {
      const { mock, start, victims, sent } = await prepare(place);
      const create = {
        method: "POST",
        path: "/v1/groups",
        key: randomUUID(),
        body: { name: "Victim" },
      } as const;
      const first = await start(killAt);
      await askInVain(first.url, create);
      await first.killed();

      const { ask } = await start();
      const told = await ask(create);
      if (fate === "nothing" || fate === "told") {
        expect(told).toMatchObject({ kind: "done", status: 201, body: { gid: victims()[0]?.gid } });
      } else {
        if (told.kind !== "unknown") throw new Error(`told as known: ${JSON.stringify(told)}`);
        const [made] = victims();
        const body =
          made === undefined ? { outcome: "did_not_happen" } : { outcome: "happened", gid: made.gid };
        const settled = await ask({ method: "POST", path: `${told.operation}/resolutions`, body });
        expect(settled).toMatchObject({ kind: "done", body: { state: "resolved" } });
        const again = await ask(create);
        if (made === undefined) expect(again).toMatchObject({ kind: "refused", status: 422 });
        else expect(again).toMatchObject({ kind: "done", status: 201, body: { gid: made.gid } });
      }
      expect([sent("groupadd"), victims().length]).toEqual(fate === "not sent" ? [0, 0] : [1, 1]);
      expect(await namesOf(ask)).toEqual(namesIn(mock));
    });

    test("a change is done in the end, here and in mesibo", async () => {
      const { mock, start, victims } = await prepare(place);
      const first = await start(killAt);
      const made = await first.ask({
        method: "POST",
        path: "/v1/groups",
        key: randomUUID(),
        body: { name: "Base" },
      });
      if (made.kind !== "done") throw new Error(`no group: ${JSON.stringify(made)}`);
      const { gid } = made.body as GroupView;
      const change = {
        method: "PATCH",
        path: `/v1/groups/${gid}`,
        key: randomUUID(),
        body: { name: "Victim" },
      } as const;
      await askInVain(first.url, change);
      await first.killed();

      const { ask } = await start();
      expect(await ask(change)).toMatchObject({ kind: "done", status: 200, body: { gid, name: "Victim" } });
      expect(victims()).toMatchObject([{ gid }]);
      expect(await namesOf(ask)).toEqual(namesIn(mock));
    });
  });

  describe.each(pointsOn(place, listPoints))("killed %s", (_, killAt, fate) => {
    test.each(waysAt(killAt))(
      "a list of members $how is told as what became of it",
      async ({ respondAsync }) => {
        const { mock, start, sent } = await prepare(place);
        const first = await start(killAt);
        const group = {
          method: "POST",
          path: "/v1/groups",
          key: randomUUID(),
          body: { name: "Base" },
        } as const;
        const made = await first.ask(group);
        if (made.kind !== "done") throw new Error(`no group: ${JSON.stringify(made)}`);
        const { gid } = made.body as GroupView;
        // Two calls, because each goes out with its own permissions.
        const items = [
          { address: "Victim", permissions: allPermissions },
          { address: "other", permissions: { ...noPermissions, receive: true } },
        ];
        const path = `/v1/groups/${gid}/member-batches`;
        const list = { method: "POST", path, key: randomUUID(), body: { items }, respondAsync } as const;
        // In the background an answer may come before the end does.
        await askInVain(first.url, list).catch(() => undefined);
        await first.killed();

        const { ask } = await start();
        const all = fate === "all" || respondAsync;
        expect(await ask(list)).toMatchObject({ kind: "done" });
        const operations = () => ask({ method: "GET", path: "/v1/operations" });
        await expect.poll(operations, { timeout: 20_000 }).toMatchObject({
          body: {
            items: [
              { kind: "create_group" },
              {
                kind: "edit_members",
                state: all ? "succeeded" : "partial",
                progress: { succeeded: all ? 2 : 1, failed: 0, unknown: 0, skipped: all ? 0 : 1 },
              },
            ],
          },
        });
        const members = await ask({ method: "GET", path: `/v1/groups/${gid}/members` });
        const known = (members as { body: { items: MemberView[] } }).body.items.map(
          ({ address, permissions }) => ({
            address,
            permissions,
          }),
        );
        const truth = mock.world(TOKEN).groups()[0]?.members ?? [];
        expect(known).toEqual(truth.map(({ address, permissions }) => ({ address, permissions })));
        expect(known).toEqual(all ? items : items.slice(0, 1));
        expect(sent("groupeditmembers")).toBe(fate === "done" ? 2 : 1);
      },
    );
  });
});
