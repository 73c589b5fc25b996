import { createClient, type FetchLike } from "@mesibo-groups/core";
import { describe, expect, test } from "vitest";
import { noProgress } from "../src/member-edits/job.ts";
import { insertEdits } from "../src/member-edits/rows.ts";
import { recover } from "../src/operations/recover.ts";
import { findOperation, insertOperation } from "../src/operations/rows.ts";
import type { Store } from "../src/store/store.ts";
import {
  answering,
  cut,
  gatewayOver,
  gatewayOverFetch,
  knowTwenty,
  problemIn,
  TOKEN,
  type Ask,
} from "./support/gateway.ts";

const one = { send: true, receive: true, publish: true, subscribe: true, list: true };
const other = { send: false, receive: true, publish: false, subscribe: false, list: false };
const member = "/v1/groups/20/members/ann";

type Permissions = typeof one;

/** Ways to give somebody permissions. */
const ways = {
  "a list": (permissions: Permissions): [string, Ask] => [
    "/v1/groups/20/member-batches",
    { method: "POST", body: { permissions, items: [{ address: "ann" }] } },
  ],
  "a member's own change": (permissions: Permissions): [string, Ask] => [
    member,
    { method: "PUT", body: { permissions } },
  ],
};
type Way = keyof typeof ways;

const done = answering({ op: "groupeditmembers", result: true });

/** A gateway over a mesibo whose answers can be lost on the way. */
function gatewayThatLoses() {
  let fetch: FetchLike = done;
  const { ask } = gatewayOverFetch((url, init) => fetch(url, init));
  /** The path of the operation that is lost. */
  const lose = async (path: string, asked: Ask): Promise<string> => {
    fetch = cut;
    const answer = await ask(path, asked);
    fetch = done;
    if (answer.status !== 207) return problemIn(answer).operation ?? "";
    return (answer.json as { operation: string }).operation;
  };
  const happened = async (operation: string): Promise<void> => {
    const settled = await ask(`${operation}/resolutions`, { method: "POST", body: { outcome: "happened" } });
    expect(settled.json).toMatchObject({ state: "resolved" });
  };
  return { ask, lose, happened };
}

const pairs: [Way, Way][] = [
  ["a list", "a list"],
  ["a list", "a member's own change"],
  ["a member's own change", "a list"],
];

describe.each(pairs)("of %s and then %s of the same member", (first, second) => {
  test("the second is what is there where its answer was lost, and it turns out that it happened", async () => {
    const { ask, lose, happened } = gatewayThatLoses();
    await ask(...ways[first](one));
    const lost = await lose(...ways[second](other));
    expect((await ask(member)).json).toMatchObject({ permissions: one });
    await happened(lost);
    expect((await ask(member)).json).toMatchObject({ permissions: other });
  });

  test("the second is what is there where the answer of the first was lost", async () => {
    const { ask, lose, happened } = gatewayThatLoses();
    const lost = await lose(...ways[first](one));
    await ask(...ways[second](other));
    await happened(lost);
    expect((await ask(member)).json).toMatchObject({ permissions: other });
  });

  test("the second is what is there where both answers were lost, however they are settled", async () => {
    for (const order of ["as they came", "the other way round"]) {
      const { ask, lose, happened } = gatewayThatLoses();
      const lost = [await lose(...ways[first](one)), await lose(...ways[second](other))];
      for (const operation of order === "as they came" ? lost : lost.toReversed()) await happened(operation);
      expect([order, (await ask(member)).json]).toMatchObject([order, { permissions: other }]);
    }
  });
});

test("with a lost edit of a list it is written down that its group must be left alone, all or nothing", async () => {
  const client = createClient({ token: TOKEN, url: "http://mesibo.test/", fetch: cut, quietMs: 5_000 });
  const { ask, engine } = gatewayOver(client, knowTwenty);
  const { store } = await engine();
  const found: [lost: number, quiet: number][] = [];
  const write: Store["write"] = async (work) => {
    const result = await store.write(work);
    const [lost, quiet] = await store.read(async (db) => [
      await db.selectFrom("member_edits").select("address").where("status", "=", "unknown").execute(),
      await db.selectFrom("quiets").select("gid").execute(),
    ]);
    found.push([lost.length, quiet.length]);
    return result;
  };
  Object.assign(await engine(), { store: { ...store, write } });
  expect((await ask(...ways["a list"](one))).json).toMatchObject({ unknown: 1 });
  expect(found).toContainEqual([1, 1]);
  expect(found.filter(([lost, quiet]) => lost > quiet)).toEqual([]);
});

test("what a gateway sent of a list before it was killed may arrive late: after the repetition its group is left alone", async () => {
  const { engine } = gatewayOverFetch(done);
  const made = { ...(await engine()), quietMs: 5_000 };
  const { store, now } = made;
  const request = {
    gid: 20,
    total: 1,
    in_background: false,
    continue_on_unknown: false,
    isolation_calls: null,
  };
  const begun = {
    id: "op_1",
    kind: "edit_members",
    actor: "another",
    requestId: "before",
    key: undefined,
  } as const;
  const item = {
    position: 0,
    address: "ann",
    permissions: one,
    status: "sending",
    problem: undefined,
  } as const;
  await store.write(async ({ db }) => {
    const left = { ...begun, gid: 20, request, instance: "gone", at: now(), progress: noProgress(1) };
    await insertOperation(db, left);
    await insertEdits(db, { operation: "op_1", items: [item] });
  });
  const before = Date.now();
  await recover(made, { isGone: (instance) => instance === "gone" });
  await made.idle();
  const [quiet] = await store.read((db) => db.selectFrom("quiets").selectAll().execute());
  expect(quiet).toEqual({ gid: 20, until_at: expect.any(Number) });
  expect(quiet?.until_at).toBeGreaterThanOrEqual(before + 5_000);
  const operation = await store.read((db) => findOperation(db, "op_1"));
  expect(operation).toMatchObject({ state: "succeeded", progress: { succeeded: 1 } });
});
