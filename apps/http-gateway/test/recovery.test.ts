import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@mesibo-groups/core";
import { createMock } from "@mesibo-groups/mock-server";
import { describe, expect, onTestFinished, test } from "vitest";
import { recover } from "../src/operations/recover.ts";
import { insertOperation, type NewOperation } from "../src/operations/rows.ts";
import { startEngine, type Started } from "../src/start.ts";
import { gatewayOver, gatewayOverMock, knowTwenty, problemIn, TOKEN } from "./support/gateway.ts";

const left = (id: string, more: Partial<NewOperation>): NewOperation => ({
  id,
  kind: "create_group",
  actor: "key",
  requestId: "r",
  key: { key: id, fingerprint: "f" },
  gid: undefined,
  request: { name: "Ops", flag: 0 },
  instance: "gone",
  at: 1,
  ...more,
});

const isGone = (instance: string): boolean => instance === "gone";

describe("what a process that is gone has left behind", () => {
  test("a create is unknown and never sent again; everything else is asked once more", async () => {
    const { engine, mock, ask } = gatewayOverMock();
    const made = await engine();
    const permissions = { send: true, receive: true, publish: true, subscribe: true, list: true };
    await made.store.write(async ({ db }) => {
      const change = { kind: "change_group", gid: 102529, request: { gid: 102529, name: "Other" } } as const;
      const remove = { kind: "delete_group", gid: 102530, request: { gid: 102530 } } as const;
      const member = { gid: 102529, address: "carol", permissions };
      await insertOperation(db, left("op_1", {}));
      await insertOperation(db, left("op_2", change));
      await insertOperation(db, left("op_3", remove));
      await insertOperation(db, left("op_4", { kind: "put_member", gid: 102529, request: member }));
      await insertOperation(db, left("op_5", { instance: "here" }));
    });
    const found = await recover(made, { isGone });
    expect(found.map(({ operation: { id }, became }) => [id, became])).toEqual([
      ["op_1", "unknown"],
      ["op_2", "repeated"],
      ["op_3", "repeated"],
      ["op_4", "repeated"],
    ]);
    const states = await Promise.all(
      [1, 2, 3, 4, 5].map(async (n) => (await ask(`/v1/operations/op_${n}`)).json as { state: string }),
    );
    expect(states.map(({ state }) => state)).toEqual([
      "unknown",
      "resolved",
      "resolved",
      "resolved",
      "sending",
    ]);
    expect(mock.world().groups()).toMatchObject([
      { gid: 102529, name: "Other", members: [{}, {}, { address: "carol", permissions }] },
    ]);
    expect((await ask("/v1/groups")).json).toMatchObject({ items: [{ gid: 102529, name: "Other" }] });
  });

  test("is asked for while nothing answers, and stays unknown", async () => {
    const down = () =>
      Promise.reject(Object.assign(new TypeError("fetch failed"), { cause: { code: "ECONNREFUSED" } }));
    const client = createClient({ token: TOKEN, url: "http://mesibo.test/", fetch: down, retries: 0 });
    const { engine, ask } = gatewayOver(client, knowTwenty);
    const made = await engine();
    const change = { kind: "change_group", gid: 20, request: { gid: 20, name: "Other" } } as const;
    await made.store.write(({ db }) => insertOperation(db, left("op_2", change)));
    expect(await recover(made, { isGone: () => true })).toMatchObject([{ became: "unknown" }]);
    expect((await ask("/v1/operations/op_2")).json).toMatchObject({ state: "unknown" });
  });

  test("a delete that had happened is settled as done", async () => {
    const { engine, client, ask } = gatewayOverMock();
    const made = await engine();
    await client.groups.delete(102530);
    const remove = { kind: "delete_group", gid: 102530, request: { gid: 102530 } } as const;
    await made.store.write(({ db }) => insertOperation(db, left("op_3", remove)));
    expect(await recover(made, { isGone })).toMatchObject([{ became: "repeated" }]);
    expect((await ask("/v1/groups/102530")).status).toBe(404);
  });
});

describe("the latch", () => {
  const folder = (): string => {
    const path = mkdtempSync(join(tmpdir(), "gateway-"));
    onTestFinished(() => rmSync(path, { recursive: true }));
    return `file:${join(path, "gateway.db")}`;
  };

  async function start(database: string, token: string, url: string): Promise<Started> {
    const started = await startEngine({
      database,
      upstream: { kind: "mesibo", token, url, dialect: undefined },
    });
    return started;
  }

  test("outlives the process, for the token that was refused and no other", async () => {
    const mock = createMock({ tokens: ["good"] });
    const database = folder();
    const url = "http://127.0.0.1:9/";
    const first = await start(database, "bad", url);
    const refused = createClient({ token: "bad", url: mock.url, fetch: mock.fetch });
    await refused.groups.delete(5).catch(() => undefined);
    const refusal = refused.latched();
    if (refusal === undefined) throw new Error("the mock takes any token");
    const { keepLatch, tokenMark } = await import("../src/latch.ts");
    await keepLatch(first.engine.store, { refused: refusal, mark: tokenMark("bad"), at: 1 });
    await expect.poll(() => first.engine.client.latched()?.refusal.error).toBe("AUTHFAIL");
    await first.close();

    const second = await start(database, "bad", url);
    expect(second.engine.client.latched()?.refusal).toEqual(refusal.refusal);
    await second.close();

    const third = await start(database, "good", url);
    expect(third.engine.client.latched()).toBeUndefined();
    await third.close();
  });
});

test("a request with a key that a dead process holds is answered like its operation", async () => {
  const { engine, ask } = gatewayOverMock();
  const made = await engine();
  const key = randomUUID();
  const body = { name: "Ops" };
  const headers = { "content-type": "application/json", "idempotency-key": key };
  const first = await ask("/v1/groups", { method: "POST", body, headers });
  expect(first.status).toBe(201);
  await made.store.write(({ db }) =>
    db
      .updateTable("operations")
      .set({ state: "sending", answer: null, instance: "gone" })
      .where("idempotency_key", "=", key)
      .execute(),
  );
  const during = problemIn(await ask("/v1/groups", { method: "POST", body, headers }));
  expect(during).toMatchObject({ status: 409, type: "/problems/request-in-progress" });
  await recover(made, { isGone });
  const after = problemIn(await ask("/v1/groups", { method: "POST", body, headers }));
  expect(after).toMatchObject({ status: 504, type: "/problems/upstream-outcome-unknown" });
});
