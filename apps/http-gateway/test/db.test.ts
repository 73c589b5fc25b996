import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { backupFile } from "../src/db/backup.ts";
import { checkStore } from "../src/db/check.ts";
import { copiedNames, copiedTables } from "../src/db/copied.ts";
import { copyStore } from "../src/db/copy.ts";
import { COPY_MARK, digestOf } from "../src/db/rows.ts";
import { saveGroup } from "../src/directory/groups.ts";
import { listMembers, setMembers } from "../src/directory/members.ts";
import { keepBeating } from "../src/instances.ts";
import { appendAudit } from "../src/journal/audit.ts";
import { appendEvents } from "../src/journal/events.ts";
import { createApiKey } from "../src/keys/manage.ts";
import { insertEdits } from "../src/member-edits/rows.ts";
import { insertOperation } from "../src/operations/rows.ts";
import { startEngine } from "../src/start.ts";
import { openStore } from "../src/store/open.ts";
import type { Store } from "../src/store/store.ts";
import { findServer, makeDatabase } from "./store/postgres-server.ts";
import { newGroup } from "./support/group.ts";

const folder = mkdtempSync(join(tmpdir(), "gateway-db-"));
const server = await findServer();
if (server === undefined) {
  process.stderr.write("No PostgreSQL server was found: db copy is tested between files alone.\n");
}
const drops: (() => Promise<void>)[] = [];
afterAll(async () => {
  await Promise.all(drops.map((drop) => drop()));
  rmSync(folder, { recursive: true });
}, 60_000);

let made = 0;
const newFile = async (): Promise<string> => `file:${join(folder, `${(made += 1)}.db`)}`;
async function newDatabase(): Promise<string> {
  if (server === undefined) throw new Error("no server");
  const { url, drop } = await makeDatabase(server);
  drops.push(drop);
  return url;
}

const NOW = 1_800_000_000_000;
const MEMBERS = 1201;
const all = { send: true, receive: true, publish: true, subscribe: true, list: true };

/** Everything that a store can hold, more of it than is copied at once, with texts that sort differently elsewhere. */
async function fill(store: Store): Promise<void> {
  const names = ["Zebra", "apfel", "Äpfel", "😀 'quoted' \"name\"", "a\tb"];
  for (const [index, name] of names.entries()) {
    await store.write(({ db }) =>
      saveGroup(db, newGroup(4_000_000_000 + index, { name, expiresAt: NOW, at: NOW })),
    );
  }
  const addresses = Array.from(
    { length: MEMBERS },
    (_, index) => `${["A", "a", "ä", "😀"][index % 4]}${index}`,
  );
  for (let from = 0; from < MEMBERS; from += 100) {
    const some = addresses.slice(from, from + 100);
    await store.write(({ db }) =>
      setMembers(db, { gid: 4_000_000_000, addresses: some, permissions: all, source: "set", at: NOW }),
    );
  }
  const key = { key: "k\u00e4y", fingerprint: "f" };
  const operation = {
    kind: "create_group",
    actor: "a",
    requestId: "r",
    traceId: "0af7651916cd43dd8448eb211c80319c",
    gid: undefined,
    instance: "i",
    at: NOW,
  } as const;
  for (const id of ["op_1", "op_2"]) {
    const own = { ...operation, id, key: id === "op_1" ? key : undefined, request: { name: "x\u0000y" } };
    await store.write(({ db }) => insertOperation(db, own));
  }
  const items = ["A", "ä"].map((address, position) => ({
    position,
    address,
    permissions: position === 0 ? all : undefined,
    status: "pending" as const,
    problem: undefined,
  }));
  await store.write(({ db }) => insertEdits(db, { operation: "op_1", items }));
  for (let index = 0; index < 5; index += 1) {
    await store.write((tx) =>
      appendEvents(tx, [{ type: "group.created", gid: 1, payload: { index }, at: NOW }]),
    );
    await store.write(({ db }) =>
      appendAudit(db, { at: NOW, actor: "a", action: "x", requestId: "r", outcome: "succeeded" }),
    );
  }
  // What followers have seen is gone; its ids must not come again.
  await store.write(({ db }) => db.deleteFrom("events").where("id", ">", 3).execute());
  const asked = {
    name: "n",
    env: "test",
    scopes: ["groups:read"],
    groups: { gids: [1] },
    expiresInDays: 1,
  } as const;
  await createApiKey({ store, now: () => NOW, actor: "operator", requestId: "r" }, asked);
  await store.write(({ db }) => db.insertInto("meta").values({ name: "fact", value: "{}" }).execute());
}

async function digests(store: Store): Promise<Readonly<Record<string, unknown>>> {
  const pairs: [string, unknown][] = [];
  for (const table of copiedNames) pairs.push([table, await digestOf(store, table)]);
  return Object.fromEntries(pairs);
}

const file = { place: "a file", make: newFile };
const database = { place: "PostgreSQL", make: newDatabase };
const ways = [
  { from: file, to: file },
  ...(server === undefined
    ? []
    : [
        { from: file, to: database },
        { from: database, to: file },
      ]),
];

describe.each(ways)("from $from.place to $to.place", { timeout: 60_000 }, (way) => {
  async function open() {
    const [source, target] = [await way.from.make(), await way.to.make()];
    const [from, to] = [await openStore(source), await openStore(target)];
    await fill(from);
    return {
      source,
      target,
      from,
      to,
      close: async () => void (await Promise.all([from.close(), to.close()])),
    };
  }

  test("a copy holds the same, is sound, and goes on with the ids where they were", async () => {
    const { from, to, close } = await open();
    const told: string[] = [];
    await copyStore({ from, to, now: NOW, onTable: (table) => told.push(table) });
    expect(told).toEqual(copiedNames);
    expect(await digests(to)).toEqual(await digests(from));
    const { findings, counts } = await checkStore(to);
    expect(findings.map(({ ok }) => ok)).toEqual([true, true, true]);
    expect(counts).toEqual({
      groups: 5,
      members: MEMBERS,
      operations: 2,
      member_edits: 2,
      events: 4,
      audit: 6,
      api_keys: 1,
      meta: 1,
    });

    const event = { type: "group.deleted", gid: 1, payload: {}, at: NOW } as const;
    const nextIds = [];
    for (const store of [from, to]) {
      await store.write((tx) => appendEvents(tx, [event]));
      const row = await store.read((db) =>
        db.selectFrom("events").select("id").orderBy("id", "desc").executeTakeFirstOrThrow(),
      );
      nextIds.push(row.id);
    }
    expect(nextIds).toEqual([7, 7]);
    const members = await to.read((db) => listMembers(db, { gid: 4_000_000_000, after: "", limit: 5000 }));
    expect(members).toHaveLength(MEMBERS);
    await close();
  });

  test("a copy that was interrupted begins again, and no gateway starts on it before", async () => {
    const { from, to, target, close } = await open();
    await to.write(({ db }) => db.insertInto("meta").values({ name: COPY_MARK, value: "x" }).execute());
    await to.write(({ db }) => saveGroup(db, newGroup(1, { name: "half" })));
    expect((await checkStore(to)).findings.filter(({ ok }) => !ok)).toMatchObject([{ name: "copy" }]);
    await to.close();
    await expect(startEngine({ database: target, upstream: { kind: "demo" } })).rejects.toThrow(
      /is a copy that was not finished: run mesibo-gateway db copy again/,
    );
    const again = await openStore(target);
    await copyStore({ from, to: again, now: NOW });
    expect(await digests(again)).toEqual(await digests(from));
    await again.close();
    const { close: end } = await startEngine({ database: target, upstream: { kind: "demo" } });
    await end();
    await from.close();
    void close;
  });

  test("a place that is not empty is left as it is", async () => {
    const { from, to, close } = await open();
    await to.write(({ db }) => db.insertInto("meta").values({ name: "fact", value: "mine" }).execute());
    const before = await digests(to);
    await expect(copyStore({ from, to, now: NOW })).rejects.toThrow(/is not empty: copy into a new database/);
    expect(await digests(to)).toEqual(before);
    await close();
  });

  test("a place that a gateway uses is refused", async () => {
    const { from, to, source, target, close } = await open();
    for (const [store, url] of [
      [from, source],
      [to, target],
    ] as const) {
      if (store.kind === "sqlite") {
        await expect(openStore(url)).rejects.toMatchObject({ kind: "locked" });
        continue;
      }
      const leave = await keepBeating(store, { id: "live", label: "x", now: () => NOW });
      await expect(copyStore({ from, to, now: NOW })).rejects.toThrow(/^A gateway uses postgres:/);
      await leave();
    }
    await close();
  });

  test("every column is copied", async () => {
    const { from, close } = await open();
    for (const table of copiedNames) {
      const row = await from.read((db) => db.selectFrom(table).selectAll().executeTakeFirstOrThrow());
      expect(Object.keys(row).toSorted()).toEqual([...copiedTables[table].columns].toSorted());
    }
    await close();
  });

  test.each([
    ["changed", { outcome: "refused" }, 3, /row 3 was changed/],
    [
      "written anew with a hash of its own",
      { previous: "0".repeat(64) },
      3,
      /row 3 does not follow the one before/,
    ],
  ])("an audit row that was %s is found", async (_, change, id, words) => {
    const { from, close } = await open();
    await from.write(({ db }) => db.updateTable("audit").set(change).where("id", "=", id).execute());
    const audit = (await checkStore(from)).findings.find(({ name }) => name === "audit");
    expect(audit).toMatchObject({ ok: false, detail: expect.stringMatching(words) });
    await close();
  });

  test("an audit row that was taken away is found", async () => {
    const { from, close } = await open();
    await from.write(({ db }) => db.deleteFrom("audit").where("id", "=", 1).execute());
    expect((await checkStore(from)).findings.at(-1)).toMatchObject({ name: "audit", ok: false });
    await close();
  });
});

test("a backup is made beside a gateway that writes, holds what was committed, and is for its owner alone", async () => {
  const url = await newFile();
  const store = await openStore(url);
  await fill(store);
  const to = join(folder, "backup.db");
  await backupFile({ from: url.slice("file:".length), to });
  expect(statSync(to).mode & 0o777).toBe(0o600);
  const copy = await openStore(`file:${to}`);
  expect(await digests(copy)).toEqual(await digests(store));
  expect((await checkStore(copy)).findings.every(({ ok }) => ok)).toBe(true);
  await copy.close();
  await expect(backupFile({ from: url.slice("file:".length), to })).rejects.toThrow(/is there already/);
  await store.close();
});
