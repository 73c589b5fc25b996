import { setTimeout as sleep } from "node:timers/promises";
import { createClient, type ClientOptions, type FetchLike } from "@mesibo-groups/core";
import { sql } from "kysely";
import { describe, expect, onTestFinished, test } from "vitest";
import { createGateway } from "../src/gateway.ts";
import { createEngine } from "../src/operations/engine.ts";
import { recover } from "../src/operations/recover.ts";
import { insertOperation } from "../src/operations/rows.ts";
import { saveGroup } from "../src/directory/groups.ts";
import { askOf, bodyOf, KEY, problemIn, TOKEN, type Ask } from "./support/gateway.ts";
import { newGroup } from "./support/group.ts";
import { placeKinds, type PlaceKind } from "./store/stores.ts";

const gids = [20, 21] as const;

/** A mesibo that takes a moment, and sees how many changes of one group come at once. */
function watchful() {
  const inside = new Map<unknown, number>();
  const seen = { most: 0, ops: [] as string[] };
  const fetch: FetchLike = async (_, init) => {
    const { op, gid, group } = JSON.parse(bodyOf(init)) as Record<string, unknown>;
    const name = gid ?? (group as { gid?: unknown } | undefined)?.gid ?? "none";
    seen.ops.push(String(op));
    const now = (inside.get(name) ?? 0) + 1;
    inside.set(name, now);
    if (name !== "none") seen.most = Math.max(seen.most, now);
    await sleep(2);
    inside.set(name, now - 1);
    return Response.json({ group: { gid: 99 }, op, result: true });
  };
  return { fetch, seen };
}

/** Two gateways with one database. */
async function startBoth(kind: PlaceKind, fetch: FetchLike, options: Partial<ClientOptions> = {}) {
  const place = await kind.make();
  const start = async (instance: string) => {
    const store = await place.open();
    const client = createClient({ token: TOKEN, url: "http://mesibo.test/", fetch, retries: 0, ...options });
    const engine = createEngine({ store, client, instance });
    const app = createGateway({ engine, apiKeys: [KEY] });
    return { engine, store, ask: (path: string, ask?: Ask) => askOf(app, path, ask) };
  };
  const both = [await start("one"), await start("two")] as const;
  for (const gid of gids) {
    await both[0].store.write(({ db }) => saveGroup(db, newGroup(gid, { expiresAt: Date.now() + 1e9 })));
  }
  onTestFinished(async () => {
    for (const { store } of both) await store.close();
    await place.remove();
  });
  return both;
}

const change = (name: string): Ask => ({ method: "PATCH", body: { name } });
const kinds = (await placeKinds()).filter(({ shared }) => shared);

describe.each(kinds)("two gateways on one $name", (kind) => {
  test("never change one group at the same time, and lose no change", async () => {
    const { fetch, seen } = watchful();
    const [one, two] = await startBoth(kind, fetch);
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        (index % 2 === 0 ? one : two).ask(`/v1/groups/${gids[index % 3 === 0 ? 1 : 0]}`, change(`n${index}`)),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect([seen.most, seen.ops.length]).toEqual([1, 40]);
  });

  test("leave a group alone together after a lost change, until somebody has looked", async () => {
    let lost = true;
    const { fetch, seen } = watchful();
    const [one, two] = await startBoth(
      kind,
      (url, init) => (lost ? Promise.reject(new TypeError("fetch failed")) : fetch(url, init)),
      { timeoutMs: 5_000, deadlineMs: 10_000, quietMs: 60_000 },
    );
    const { operation } = problemIn(await one.ask("/v1/groups/20", change("lost")));
    lost = false;
    for (const gateway of [one, two]) {
      const answer = await gateway.ask("/v1/groups/20", change("later"));
      expect(problemIn(answer)).toMatchObject({ status: 409, type: "/problems/group-busy", sent: "no" });
      expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(30);
    }
    expect((await two.ask("/v1/groups/21", change("another"))).status).toBe(200);
    expect(seen.ops).toHaveLength(1);
    const settle = { method: "POST", body: { outcome: "happened" } };
    expect((await two.ask(`${operation}/resolutions`, settle)).status).toBe(200);
    expect((await one.ask("/v1/groups/20", change("now"))).status).toBe(200);
    expect((await two.ask("/v1/groups/20", change("and now"))).status).toBe(200);
  });

  test("leave a group alone that a crashed one was changing, until that is settled", async () => {
    const { fetch, seen } = watchful();
    const [one, two] = await startBoth(kind, fetch);
    const request = { gid: 20, name: "crashed" };
    const left = { id: "op_left", kind: "change_group", actor: "a", requestId: "r", gid: 20 } as const;
    await one.store.write(({ db }) =>
      insertOperation(db, { ...left, key: undefined, request, instance: "crashed", at: Date.now() }),
    );
    const answer = await two.ask("/v1/groups/20", change("mine"));
    expect(problemIn(answer)).toMatchObject({ status: 409, type: "/problems/group-busy", sent: "no" });
    expect(seen.ops).toEqual([]);
    const settled = await Promise.all(
      [one, two].map(({ engine }) => recover(engine, { isGone: (id) => id === "crashed" })),
    );
    expect(settled.flat().filter(({ became }) => became === "repeated")).toHaveLength(1);
    expect((await two.ask("/v1/groups/20", change("mine"))).status).toBe(200);
    expect(seen.ops).toEqual(["groupset", "groupset"]);
  });

  test("go on when the connection with the locks is cut, and hold many groups at once", async () => {
    const [one, two] = await startBoth(kind, watchful().fetch);
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    const all = Array.from({ length: 60 }, (_, index) => one.store.inTurn(1000 + index, () => held));
    await expect
      .poll(async () => {
        const { rows } = await sql<{ locks: number }>`
          select count(*) as locks from pg_locks where locktype = 'advisory' and granted
          and database = (select oid from pg_database where datname = current_database())`.execute(
          await two.store.read(async (db) => db),
        );
        return Number(rows[0]?.locks);
      })
      .toBe(60);
    expect((await one.ask("/v1/groups/20", change("meanwhile"))).status).toBe(200);
    await two.store.read((db) =>
      sql`select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted
        and database = (select oid from pg_database where datname = current_database())`.execute(db),
    );
    release();
    await Promise.all(all);
    expect((await one.ask("/v1/groups/20", change("after"))).status).toBe(200);
    expect((await two.ask("/v1/groups/20", change("after"))).status).toBe(200);
  });

  test("create a group once more once, when both are told to in the same moment", async () => {
    let lost = true;
    const { fetch, seen } = watchful();
    const [one, two] = await startBoth(kind, (url, init) =>
      lost ? Promise.reject(new TypeError("fetch failed")) : fetch(url, init),
    );
    const { operation } = problemIn(await one.ask("/v1/groups", { method: "POST", body: { name: "x" } }));
    lost = false;
    const body = { outcome: "retried", accept_duplicate_risk: true };
    const answers = await Promise.all(
      [one, two, one, two].map(({ ask }) => ask(`${operation}/resolutions`, { method: "POST", body })),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409, 409]);
    expect(answers.filter(({ status }) => status === 409).map((answer) => problemIn(answer).type)).toEqual(
      Array.from({ length: 3 }, () => "/problems/operation-not-unknown"),
    );
    expect(seen.ops).toEqual(["groupadd"]);
    expect((await two.ask(String(operation))).json).toMatchObject({ state: "resolved", gid: 99 });
  });

  test("leave an operation as unknown as it was where its repetition fails", async () => {
    const [one, two] = await startBoth(kind, () => Promise.reject(new TypeError("fetch failed")));
    const { operation } = problemIn(await one.ask("/v1/groups", { method: "POST", body: { name: "x" } }));
    const body = { outcome: "retried", accept_duplicate_risk: true };
    expect((await two.ask(`${operation}/resolutions`, { method: "POST", body })).status).toBe(504);
    expect((await one.ask(String(operation))).json).toMatchObject({ state: "unknown" });
    const settle = { method: "POST", body: { outcome: "did_not_happen" } };
    expect((await one.ask(`${operation}/resolutions`, settle)).status).toBe(200);
  });
});
