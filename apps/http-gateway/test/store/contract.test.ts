import { decodeFlags } from "@mesibo-groups/core";
import { sql, type Kysely } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  changeGroup,
  deletedAt,
  dropGroup,
  findGroup,
  listGroups,
  saveGroup,
} from "../../src/directory/groups.ts";
import { dropMembers, findMember, listMembers, setMembers } from "../../src/directory/members.ts";
import { appendAudit, CHAIN_START, chainHash } from "../../src/journal/audit.ts";
import { appendEvents, lockJournal } from "../../src/journal/events.ts";
import {
  endOperation,
  findByKey,
  findOperation,
  insertOperation,
  listOperations,
  releaseOperation,
  type NewOperation,
} from "../../src/operations/rows.ts";
import { newGroup } from "../support/group.ts";
import { compiled, type Places } from "../../src/store/compiled.ts";
import type { Store } from "../../src/store/store.ts";
import type { Tables } from "../../src/store/tables.ts";
import { placeKinds, type Place } from "./stores.ts";

const operation = (id: string, more: Partial<NewOperation> = {}): NewOperation => ({
  id,
  kind: "create_group",
  actor: "key",
  requestId: "r",
  key: undefined,
  gid: undefined,
  request: { name: "x", flag: 0 },
  instance: "one",
  at: 1,
  ...more,
});
const all = { send: true, receive: true, publish: true, subscribe: true, list: true };

// One for every kind of place, as those of the gateway are. Its places stand in another order than the values, and
// beside a constant: parameters are found by name.
const between = compiled((db, { from, to }: Places<{ readonly from: number; readonly to: number }>) =>
  db
    .selectFrom("groups")
    .select("gid")
    .where("gid", "<", to)
    .where("gid", ">=", from)
    .where("version", "=", 1)
    .orderBy("gid"),
);

const kinds = await placeKinds();

describe.each(kinds)("a store in $name", ({ make }) => {
  let place: Place;
  let store: Store;
  beforeAll(async () => {
    place = await make();
    store = await place.open();
  }, 60_000);
  // Not the one of the beginning: a test opens the store again.
  afterAll(async () => {
    await store.close();
    await place.remove();
  });

  test("writes all of a transaction, or nothing of it, whatever others do in the same moment", async () => {
    const gids = Array.from({ length: 20 }, (_, index) => 1000 + index);
    const written = await Promise.allSettled(
      gids.map((gid) =>
        store.write(async ({ db }) => {
          await saveGroup(db, newGroup(gid));
          if (gid % 2 === 1) throw new RangeError(`not ${gid}`);
          return gid;
        }),
      ),
    );
    const odd = gids.filter((gid) => gid % 2 === 1);
    const failed = written.flatMap((result) => (result.status === "rejected" ? [String(result.reason)] : []));
    expect(failed).toEqual(odd.map((gid) => `RangeError: not ${gid}`));
    const there = await store.read((db) => listGroups(db, { kind: store.kind, after: 999, limit: 100 }));
    expect(there.map(({ gid }) => gid)).toEqual(gids.filter((gid) => gid % 2 === 0));
  });

  test("runs a compiled statement with the values of each time, inside a transaction and beside it", async () => {
    const gidsBetween = async (db: Kysely<Tables>, range: { from: number; to: number }) =>
      (await between(db, range)).map(({ gid }) => gid);
    await store.write(async ({ db }) => {
      for (const gid of [3000, 3001, 3002]) await saveGroup(db, newGroup(gid));
      await saveGroup(db, newGroup(3001));
      expect(await gidsBetween(db, { from: 3000, to: 3003 })).toEqual([3000, 3002]);
      expect(await gidsBetween(db, { from: 3001, to: 3003 })).toEqual([3002]);
    });
    const beside = await Promise.all([
      store.read((db) => gidsBetween(db, { from: 3000, to: 3002 })),
      store.read((db) => gidsBetween(db, { from: 3002, to: 3003 })),
    ]);
    expect(beside).toEqual([[3000], [3002]]);
  });

  test("reads only what is durable", async () => {
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const writing = store.write(async ({ db }) => {
      await saveGroup(db, newGroup(2000));
      begin();
      await held;
    });
    await begun;
    const during = store.read((db) => findGroup(db, 2000));
    // PGlite has one connection, so there the read comes after.
    const seen = await Promise.race([during, new Promise((resolve) => setTimeout(resolve, 50, "waits"))]);
    release();
    await writing;
    expect([undefined, "waits"]).toContain(seen);
    expect(await store.read((db) => findGroup(db, 2000))).toMatchObject({ gid: 2000 });
  });

  test("keeps a group, its changes, and that it is gone", async () => {
    const flags = decodeFlags(0xffff_ffff);
    const named = newGroup(4_294_967_295, {
      name: "é 😀\n%_\\'\"",
      flags,
      active: false,
      source: "imported",
    });
    const saved = await store.write(({ db }) => saveGroup(db, named));
    expect(saved).toEqual({
      gid: 4_294_967_295,
      name: "é 😀\n%_\\'\"",
      flags,
      expiresAt: 2_000_000_000_000,
      expiryExtension: 0,
      active: false,
      version: 1,
      source: "imported",
      createdAt: 1_800_000_000_000,
      observedAt: 1_800_000_000_000,
    });
    const { gid } = saved;
    const changed = await store.write(({ db }) => changeGroup(db, { ...saved, name: "Other", at: 5 }));
    expect(changed).toEqual({ ...saved, name: "Other", version: 2, observedAt: 5 });
    expect(await store.read((db) => findGroup(db, gid))).toEqual(changed);
    expect(await store.write(({ db }) => dropGroup(db, { gid, at: 6 }))).toBe(true);
    expect(await store.write(({ db }) => dropGroup(db, { gid, at: 7 }))).toBe(false);
    expect(await store.read((db) => findGroup(db, gid))).toBeUndefined();
    expect(await store.read((db) => deletedAt(db, gid))).toBe(6);
    expect(await store.write(({ db }) => changeGroup(db, { ...saved, at: 8 }))).toBeUndefined();
    expect(await store.write(({ db }) => saveGroup(db, named))).toMatchObject({ version: 4 });
    expect(await store.read((db) => findGroup(db, gid))).toMatchObject({ name: "é 😀\n%_\\'\"" });
  });

  test("lists groups by gid, in pages, by name or by pattern, and takes no pattern of its own in a name", async () => {
    const names = ["News", "news", "New_s", "New%s", "Old"];
    await store.write(async ({ db }) => {
      for (const [index, name] of names.entries()) await saveGroup(db, newGroup(3000 + index, { name }));
    });
    const named = async (name: string) =>
      (await store.read((db) => listGroups(db, { kind: store.kind, after: 2999, limit: 10, name }))).map(
        (found) => found.name,
      );
    expect(await named("News")).toEqual(["News"]);
    expect(await named("New_s")).toEqual(["New_s"]);
    expect(await named("New*s")).toEqual(["News", "New_s", "New%s"]);
    expect(await named("New*%s")).toEqual(["New%s"]);
    expect(await named("N[e]*")).toEqual([]);
    expect(await named("?ew*")).toEqual([]);
    const page = await store.read((db) => listGroups(db, { kind: store.kind, after: 3000, limit: 2 }));
    expect(page.map(({ gid }) => gid)).toEqual([3001, 3002]);
  });

  test("keeps members by address in the order of bytes, many at a time", async () => {
    const gid = 4000;
    const set = { gid, permissions: { ...all, list: false }, source: "set", at: 5 } as const;
    const many = Array.from({ length: 1200 }, (_, index) => `user${String(index).padStart(4, "0")}`);
    const odd = ["Zoë", "a-b", "aB", "ab", "é"];
    await store.write(async ({ db }) => {
      await saveGroup(db, newGroup(gid));
      await setMembers(db, { ...set, addresses: [...many, ...odd] });
      await setMembers(db, { ...set, addresses: ["ab"], permissions: all, at: 6 });
    });
    const listed = await store.read((db) => listMembers(db, { gid, after: "", limit: 5 }));
    expect(listed.map(({ address }) => address)).toEqual(["Zoë", "a-b", "aB", "ab", "user0000"]);
    const after = await store.read((db) => listMembers(db, { gid, after: "user1198", limit: 5 }));
    expect(after.map(({ address }) => address)).toEqual(["user1199", "é"]);
    expect(await store.read((db) => findMember(db, { gid, address: "ab" }))).toEqual({
      gid,
      address: "ab",
      permissions: all,
      version: 2,
      source: "set",
      observedAt: 6,
    });
    await store.write(({ db }) => dropMembers(db, { gid, addresses: many }));
    expect(await store.read((db) => listMembers(db, { gid, after: "", limit: 10 }))).toHaveLength(5);
    await store.write(({ db }) => dropGroup(db, { gid, at: 7 }));
    expect(await store.read((db) => listMembers(db, { gid, after: "", limit: 10 }))).toEqual([]);
  });

  test("gives a key to one operation, however many ask at once", async () => {
    const key = { key: "k", fingerprint: "f" };
    const taken = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        store.write(({ db }) => insertOperation(db, operation(`op_k${index}`, { key }))),
      ),
    );
    expect(taken.filter(Boolean)).toHaveLength(1);
    const winner = await store.read((db) => findByKey(db, { actor: "key", key: "k" }));
    expect(winner).toMatchObject({ id: `op_k${taken.indexOf(true)}`, state: "sending", fingerprint: "f" });
    expect(await store.read((db) => findByKey(db, { actor: "other", key: "k" }))).toBeUndefined();
    await store.write(({ db }) =>
      releaseOperation(db, { id: winner?.id ?? "", instance: winner?.instance ?? "" }),
    );
    expect(await store.write(({ db }) => insertOperation(db, operation("op_k99", { key })))).toBe(true);
  });

  test("lets any number of operations have no key", async () => {
    for (const id of ["op_n1", "op_n2"]) {
      expect(await store.write(({ db }) => insertOperation(db, operation(id)))).toBe(true);
    }
  });

  test("ends an operation once, from the states that it is expected in", async () => {
    await store.write(({ db }) => insertOperation(db, operation("op_e", { gid: 7 })));
    const end = {
      id: "op_e",
      from: ["sending"],
      state: "succeeded",
      answer: { status: 201, headers: { etag: '"1"' }, body: { name: "\u0000\ud800" } },
      gid: 9,
      progress: { done: 1 },
      at: 5,
    } as const;
    expect(await store.write(({ db }) => endOperation(db, end))).toBe(true);
    expect(await store.write(({ db }) => endOperation(db, end))).toBe(false);
    expect(await store.read((db) => findOperation(db, "op_e"))).toEqual({
      id: "op_e",
      kind: "create_group",
      state: "succeeded",
      actor: "key",
      requestId: "r",
      idempotencyKey: undefined,
      fingerprint: undefined,
      gid: 9,
      request: { name: "x", flag: 0 },
      progress: { done: 1 },
      answer: end.answer,
      resolution: undefined,
      instance: "one",
      createdAt: 1,
      endedAt: 5,
    });
    const succeeded = await store.read((db) =>
      listOperations(db, { after: "op_d", limit: 5, state: "succeeded", actor: "key" }),
    );
    expect(succeeded.map(({ id }) => id)).toEqual(["op_e"]);
  });

  test("numbers events in the order of commits, so that who follows misses none", async () => {
    const seen: number[] = [];
    let last = 0;
    const follow = async (): Promise<void> => {
      const rows = await store.read((db) =>
        db.selectFrom("events").select("id").where("id", ">", last).orderBy("id").execute(),
      );
      for (const { id } of rows) seen.push(id);
      last = rows.at(-1)?.id ?? last;
    };
    const write = (n: number) =>
      store.write(async (tx) => {
        if (store.kind === "postgres") await lockJournal(tx.db);
        await appendEvents(tx, [{ type: "group.updated", gid: n, payload: { n }, at: n }]);
      });
    const writers = Array.from({ length: 60 }, (_, n) => write(n));
    const following = (async () => {
      for (const writer of writers) await Promise.all([writer, follow()]);
    })();
    await Promise.all([...writers, following]);
    await follow();
    const { count } = await store.read((db) =>
      db
        .selectFrom("events")
        .select(({ fn }) => fn.countAll<number>().as("count"))
        .executeTakeFirstOrThrow(),
    );
    expect([seen.length, seen]).toEqual([count, seen.toSorted((a, b) => a - b)]);
  });

  test("keeps the audit in one chain without a fork", async () => {
    await Promise.all(
      Array.from({ length: 30 }, (_, n) =>
        store.write(async ({ db }) => {
          if (store.kind === "postgres") await lockJournal(db);
          await appendAudit(db, {
            at: n,
            actor: "key",
            action: "create_group",
            requestId: `r${n}`,
            outcome: "succeeded",
          });
        }),
      ),
    );
    const rows = await store.read((db) => db.selectFrom("audit").selectAll().orderBy("id").execute());
    let previous = CHAIN_START;
    for (const row of rows) {
      expect(row.previous).toBe(previous);
      const { at, actor, action, outcome, request_id: requestId } = row;
      expect(row.hash).toBe(chainHash(previous, { at, actor, action, requestId, outcome }));
      previous = row.hash;
    }
    expect(rows).toHaveLength(30);
  });

  test("lets one work on a group at a time, and others on other groups meanwhile", async () => {
    const order: string[] = [];
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    const first = store.inTurn(1, async () => {
      order.push("first begins");
      await held;
      order.push("first ends");
    });
    const second = store.inTurn(1, async () => void order.push("second"));
    await store.inTurn(2, async () => void order.push("another group"));
    release();
    await Promise.all([first, second]);
    expect(order.toSorted()).toEqual(["another group", "first begins", "first ends", "second"]);
    expect(order.indexOf("second")).toBe(3);
    await expect(store.inTurn(1, () => Promise.reject(new RangeError("x")))).rejects.toThrow(RangeError);
    expect(await store.inTurn(1, async () => "free again")).toBe("free again");
  });

  test("tells who listens after a commit, and not after what was rolled back", async () => {
    let heard = 0;
    const { promise, resolve } = Promise.withResolvers<void>();
    const stop = store.listen("keys", () => {
      heard += 1;
      resolve();
    });
    await store
      .write(async ({ announce }) => {
        await announce("keys");
        throw new RangeError("rolled back");
      })
      .catch(() => undefined);
    await store.write(({ announce }) => announce("latch"));
    await store.write(({ announce }) => announce("keys"));
    await promise;
    stop();
    await store.write(({ announce }) => announce("keys"));
    expect(heard).toBe(1);
  });

  test("has everything again when it is opened again", async () => {
    await store.write(({ db }) => saveGroup(db, newGroup(5000)));
    await store.close();
    store = await place.open();
    expect(await store.read((db) => findGroup(db, 5000))).toMatchObject({ gid: 5000, name: "Group 5000" });
  });

  test("is refused where a later version of the gateway has been", async () => {
    const later = await make();
    const opened = await later.open();
    const row = { name: "9999-later", timestamp: "2030-01-01" };
    await opened.write(async ({ db }) => {
      await sql`insert into kysely_migration (name, timestamp) values (${row.name}, ${row.timestamp})`.execute(
        db,
      );
    });
    await opened.close();
    await expect(later.open()).rejects.toMatchObject({ name: "StoreError", kind: "newer" });
    await later.remove();
  }, 60_000);
});

describe.each(kinds.filter(({ shared }) => shared))(
  "a store in $name, shared by two processes",
  ({ make }) => {
    test("locks groups between them, and tells each what the other committed", async () => {
      const place = await make();
      const [store, other] = [await place.open(), await place.open()];
      const order: string[] = [];
      const { promise: held, resolve: release } = Promise.withResolvers<void>();
      const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
      const first = store.inTurn(4_294_967_295, async () => {
        begin();
        await held;
        order.push("first");
      });
      await begun;
      const second = other.inTurn(4_294_967_295, async () => void order.push("second"));
      const { promise: heard, resolve: hear } = Promise.withResolvers<void>();
      other.listen("events", hear);
      await store.write(({ announce }) => announce("events"));
      await heard;
      release();
      await Promise.all([first, second]);
      expect(order).toEqual(["first", "second"]);
      await Promise.all([store.close(), other.close()]);
      await place.remove();
    });
  },
);
