import { describe, expect, test } from "vitest";
import { deletedAt, dropGroup, saveGroup } from "../src/directory/groups.ts";
import { checkStore } from "../src/db/check.ts";
import { appendAudit } from "../src/journal/audit.ts";
import { appendEvents } from "../src/journal/events.ts";
import { readHistory } from "../src/journal/history.ts";
import { operationStates, type OperationState } from "../src/operations/operation.ts";
import { endOperation, findByKey, findOperation, insertOperation } from "../src/operations/rows.ts";
import { memoryCells, type RateCells } from "../src/rate/cells.ts";
import { storeCells } from "../src/rate/store-cells.ts";
import { defaultKept, KEPT_MS, sweep } from "../src/retention.ts";
import type { Store } from "../src/store/store.ts";
import { newGroup } from "./support/group.ts";
import { openedForAll, placeKinds, type Place } from "./store/stores.ts";

const NOW = 1_800_000_000_000;
const kinds = await placeKinds();

describe.each(kinds)("in $name", ({ make }) => {
  let store: Store;
  openedForAll(make, (opened) => ({ store } = opened));

  /** An operation of each state, which ended (or began, where it has not ended) at a moment. */
  async function operationsOf(name: string, at: number): Promise<void> {
    for (const state of operationStates) {
      const id = `op_${name}_${state}`;
      const key = { key: id, fingerprint: "f" };
      const begun = {
        id,
        kind: "create_group",
        actor: "a",
        requestId: "r",
        key,
        gid: undefined,
        request: {},
        instance: "i",
        at,
      } as const;
      await store.write(({ db }) => insertOperation(db, begun));
      if (state === "sending") continue;
      const answer = { status: 204, headers: {} } as const;
      await store.write(({ db }) => endOperation(db, { id, from: ["sending"], state, answer, at }));
    }
  }
  const statesLeft = async (name: string, by: "key" | "id"): Promise<readonly OperationState[]> => {
    const left: OperationState[] = [];
    for (const state of operationStates) {
      const id = `op_${name}_${state}`;
      const found = await store.read((db) =>
        by === "id" ? findOperation(db, id) : findByKey(db, { actor: "a", key: id }),
      );
      if (found !== undefined) left.push(state);
    }
    return left;
  };

  test("keys are free a day after the end, operations go after 90 days, and nothing that is open ever does", async () => {
    await operationsOf("young", NOW - KEPT_MS.idempotencyKeys + 1);
    await operationsOf("day", NOW - KEPT_MS.idempotencyKeys);
    await operationsOf("old", NOW - KEPT_MS.operations);
    await sweep(store, { now: NOW });
    expect(await statesLeft("young", "key")).toEqual(operationStates);
    expect(await statesLeft("day", "key")).toEqual(["sending", "unknown"]);
    expect(await statesLeft("day", "id")).toEqual(operationStates);
    expect(await statesLeft("old", "key")).toEqual(["sending", "unknown"]);
    expect(await statesLeft("old", "id")).toEqual(["sending", "unknown"]);
  });

  test("a deleted group is remembered for 30 days, and a group that is there for ever", async () => {
    const moments = { 1: NOW - KEPT_MS.tombstones, 2: NOW - KEPT_MS.tombstones + 1 };
    for (const gid of [1, 2, 3]) await store.write(({ db }) => saveGroup(db, newGroup(gid, { at: 1 })));
    for (const [gid, at] of Object.entries(moments)) {
      await store.write(({ db }) => dropGroup(db, { gid: Number(gid), at }));
    }
    await sweep(store, { now: NOW });
    expect(await store.read(async (db) => [await deletedAt(db, 1), await deletedAt(db, 2)])).toEqual([
      undefined,
      moments[2],
    ]);
    const gids = await store.read((db) => db.selectFrom("groups").select("gid").orderBy("gid").execute());
    expect(gids).toEqual([{ gid: 2 }, { gid: 3 }]);
  });

  test("events go after 7 days, more of them than go at once", async () => {
    const event = (at: number) => ({ type: "group.created", gid: 1, payload: {}, at }) as const;
    const old = Array.from({ length: 1001 }, () => event(NOW - defaultKept.eventsMs));
    await store.write((tx) => appendEvents(tx, [...old, event(NOW - defaultKept.eventsMs + 1)]));
    await sweep(store, { now: NOW });
    const left = await store.read((db) => db.selectFrom("events").select("created_at").execute());
    expect(left).toEqual([{ created_at: NOW - defaultKept.eventsMs + 1 }]);
  });

  test("of more events than are kept the oldest go, however young they are", async () => {
    const event = { type: "group.created", gid: 1, payload: {}, at: NOW } as const;
    await store.write((tx) =>
      appendEvents(
        tx,
        Array.from({ length: 1100 }, () => event),
      ),
    );
    const newest = await store.read((db) => readHistory(db));
    await sweep(store, { now: NOW, kept: { ...defaultKept, maxEvents: 7 } });
    expect(await store.read((db) => readHistory(db))).toEqual({ ...newest, oldest: newest.newest - 6 });
  });

  test("entries of the audit go after 400 days, more of them than go at once, and the chain of the others holds", async () => {
    const entry = (at: number) => ({ at, actor: "a", action: "x", requestId: "r", outcome: "succeeded" });
    const append = async (ats: readonly number[]): Promise<void> =>
      store.write(async ({ db }) => {
        for (const at of ats) await appendAudit(db, entry(at));
      });
    const timesLeft = async () =>
      (await store.read((db) => db.selectFrom("audit").select("at").orderBy("id").execute())).map(
        ({ at }) => at,
      );
    const chain = async () => (await checkStore(store)).findings.find(({ name }) => name === "audit")?.detail;

    await append([...Array.from({ length: 1001 }, () => NOW - defaultKept.auditMs), NOW - 1]);
    await sweep(store, { now: NOW });
    expect([await timesLeft(), await chain()]).toEqual([[NOW - 1], "1 rows, unbroken"]);
    // The last one stays, because the next one follows it.
    await sweep(store, { now: NOW + defaultKept.auditMs });
    await append([NOW]);
    expect([await timesLeft(), await chain()]).toEqual([[NOW - 1, NOW], "2 rows, unbroken"]);
    await store.write(({ db }) =>
      db
        .deleteFrom("audit")
        .where("at", "=", NOW - 1)
        .execute(),
    );
    expect(await chain()).toMatch(/does not follow the one before/);
  });

  test("cells in the store allow what cells in memory allow", async () => {
    for (const limit of [
      { perMinute: 60, burst: 3 },
      { perMinute: 600, burst: 1 },
      { perMinute: 7, burst: 2 },
    ]) {
      const both: readonly RateCells[] = [memoryCells(limit), storeCells(store, limit)];
      const cell = JSON.stringify(limit);
      for (const after of [0, 0, 0, 0, 1, 100, 999, 1000, 1001, 2000, 8571, 8573, 20_000, 20_000, 100_000]) {
        const [inMemory, inStore] = await Promise.all(both.map((cells) => cells.take(cell, NOW + after)));
        expect({ after, ...inStore, retryMs: 0, fullMs: 0 }).toEqual({
          after,
          ...inMemory,
          retryMs: 0,
          fullMs: 0,
        });
        // Whole microseconds against fractions of them.
        expect(inStore?.retryMs).toBeCloseTo(inMemory?.retryMs ?? -1, 1);
        expect(inStore?.fullMs).toBeCloseTo(inMemory?.fullMs ?? -1, 1);
      }
    }
  });

  test("a cell that is full again is forgotten, and another one is not", async () => {
    const cells = storeCells(store, { perMinute: 60, burst: 1 });
    await cells.take("full", NOW - 1000);
    await cells.take("taken", NOW);
    await sweep(store, { now: NOW });
    const left = await store.read((db) =>
      db.selectFrom("rates").select("cell").where("cell", "in", ["full", "taken"]).execute(),
    );
    expect(left).toEqual([{ cell: "taken" }]);
  });
});

describe.each(kinds.filter(({ shared }) => shared))("in $name, shared by two gateways", ({ make }) => {
  let place: Place;
  let store: Store;
  openedForAll(make, (opened) => ({ place, store } = opened));

  test("two gateways allow together what one may", async () => {
    const other = await place.open();
    try {
      const limit = { perMinute: 1, burst: 10 };
      const one = storeCells(store, limit);
      const another = storeCells(other, limit);
      const taken = await Promise.all(
        Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? one : another).take("shared", NOW)),
      );
      expect(taken.filter(({ allowed }) => allowed)).toHaveLength(10);
    } finally {
      await other.close();
    }
  });
});
