import { describe, expect, test } from "vitest";
import { answering, gatewayOverFetch, gatewayOverMock, problemIn, type Ask } from "./support/gateway.ts";

const all = { send: true, receive: true, publish: true, subscribe: true, list: true };
const none = { send: false, receive: false, publish: false, subscribe: false, list: false };
const batches = "/v1/groups/102529/member-batches";
const json = { "content-type": "application/json" };

const post = (body: unknown, headers: Record<string, string> = {}): Ask => ({
  method: "POST",
  body,
  headers: { ...json, ...headers },
});

const mixed = {
  permissions: all,
  items: [
    { address: "carol" },
    { address: "nobody" },
    { address: "bob", remove: true },
    { address: "dave/ops", permissions: none },
    { address: "alice" },
  ],
};

const refusal = {
  type: "/problems/upstream-refused",
  title: "mesibo refused",
  detail:
    "mesibo refused groupeditmembers (BADUSER: You can only add valid users; not known here: nobody); nothing was done.",
  sent: "yes",
  upstream: {
    op: "groupeditmembers",
    error: "BADUSER",
    code: 404,
    cause: "You can only add valid users; not known here: nobody",
    properties: ["m"],
  },
};

const outcomes = [
  { address: "carol", status: "added" },
  { address: "nobody", status: "refused", problem: refusal },
  { address: "bob", status: "removed" },
  { address: "dave/ops", status: "added" },
  { address: "alice", status: "unchanged" },
];

const counts = {
  gid: 102529,
  total: 5,
  succeeded: 4,
  failed: 1,
  unknown: 0,
  skipped: 0,
  calls: 7,
  stopped: null,
};
const operation = expect.stringMatching(/^\/v1\/operations\/op_[0-9A-Z]{26}$/) as string;

describe("a batch", () => {
  test("answers 207 with what became of each address, in the order of the request", async () => {
    const { ask, mock } = gatewayOverMock();
    const answer = await ask(batches, post(mixed));
    expect([answer.status, answer.json]).toEqual([207, { operation, ...counts, items: outcomes }]);
    expect(mock.world().groups()[0]?.members).toEqual([
      { address: "alice", permissions: all },
      { address: "carol", permissions: all },
      { address: "dave/ops", permissions: none },
    ]);
    const { json: members } = await ask("/v1/groups/102529/members");
    expect((members as { items: unknown[] }).items).toMatchObject([
      { address: "alice", version: 1, source: "imported" },
      { address: "carol", version: 1, source: "set" },
      { address: "dave/ops", version: 1, permissions: none },
    ]);
  });

  test("comes line by line where the caller accepts that, and then the sum", async () => {
    const answer = await gatewayOverMock().ask(batches, post(mixed, { accept: "application/x-ndjson" }));
    const lines = answer.text.trimEnd().split("\n");
    const read: unknown[] = lines.map((line) => JSON.parse(line) as unknown);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([207, "application/x-ndjson"]);
    expect(read.at(-1)).toEqual({ type: "summary", operation, ...counts });
    expect(read.slice(0, -1)).toHaveLength(5);
    expect(read.slice(0, -1)).toEqual(
      expect.arrayContaining(outcomes.map((outcome) => ({ type: "item", ...outcome }))),
    );
  });

  test("is an operation at once where the caller would rather not wait", async () => {
    const { ask } = gatewayOverMock();
    const accepted = await ask(batches, post(mixed, { prefer: "respond-async" }));
    const path = accepted.headers.get("location") ?? "";
    expect(accepted.status).toBe(202);
    expect(accepted.headers.get("preference-applied")).toBe("respond-async");
    expect(accepted.json).toMatchObject({ kind: "edit_members", gid: 102529, progress: { total: 5 } });
    await expect
      .poll(async () => (await ask(path)).json)
      .toMatchObject({
        state: "partial",
        progress: { total: 5, succeeded: 4, failed: 1, unknown: 0, skipped: 0, calls: 7, stopped: null },
      });
    const items = await ask(`${path}/items`);
    expect(items.json).toEqual({
      items: outcomes.map((outcome, position) => ({ ...outcome, position })),
      next_cursor: null,
    });
    expect((await ask(`${path}/items?status=refused`)).json).toMatchObject({
      items: [{ address: "nobody" }],
    });
    const first = (await ask(`${path}/items?limit=2`)).json as { next_cursor: string };
    expect((await ask(`${path}/items?limit=2&cursor=${first.next_cursor}`)).json).toMatchObject({
      items: [{ position: 2 }, { position: 3 }],
    });
  });

  test.each([["YWJj"], ["LTE"]])("%s is no cursor of its items", async (cursor) => {
    const { ask } = gatewayOverMock();
    const accepted = await ask(batches, post(mixed, { prefer: "respond-async" }));
    const path = `${accepted.headers.get("location")}/items?cursor=${cursor}`;
    expect(problemIn(await ask(path))).toMatchObject({ status: 400, type: "/problems/validation" });
  });

  test("needs an Idempotency-Key, and a group that is known", async () => {
    const { ask, sent } = gatewayOverFetch(answering({ result: true }));
    const body = { items: [{ address: "a", remove: true }] };
    const headers = { ...json, "idempotency-key": "" };
    expect(
      problemIn(await ask("/v1/groups/20/member-batches", { method: "POST", body, headers })),
    ).toMatchObject({
      type: "/problems/idempotency-key-missing",
    });
    expect(problemIn(await ask("/v1/groups/21/member-batches", post(body)))).toMatchObject({
      type: "/problems/group-not-known",
    });
    expect(sent()).toBe(0);
  });
});

describe("the same batch with the same key", () => {
  const keyed = (headers: Record<string, string> = {}) => post(mixed, { "idempotency-key": "k", ...headers });

  test("is done once, and answered the same in either form", async () => {
    const { ask, client } = gatewayOverMock();
    const first = await ask(batches, keyed());
    await client.members.add({ gid: 102529, addresses: ["bob"], permissions: all });
    const second = await ask(batches, keyed());
    expect([second.status, second.text]).toEqual([207, first.text]);
    expect(second.headers.get("idempotency-replayed")).toBe("true");
    const lines = await ask(batches, keyed({ accept: "application/x-ndjson" }));
    expect(lines.text.trimEnd().split("\n")).toHaveLength(6);
    expect((await ask("/v1/operations?limit=100")).text.match(/"edit_members"/g)).toHaveLength(2);
  });

  test("twice at once is one operation", async () => {
    const { ask } = gatewayOverMock();
    const statuses = await Promise.all([ask(batches, keyed()), ask(batches, keyed())]);
    expect(statuses.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([207, 409]);
    const asyncs = await Promise.all(
      [1, 2].map(() => ask(batches, keyed({ prefer: "respond-async", "idempotency-key": "other" }))),
    );
    expect(asyncs.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([202, 409]);
  });

  test("is another one with another item, option or preference", async () => {
    const { ask } = gatewayOverMock();
    await ask(batches, keyed());
    const other = { ...mixed, items: mixed.items.slice(1) };
    for (const [path, call] of [
      [batches, post(other, { "idempotency-key": "k" })],
      [`${batches}?continue_on_unknown=true`, keyed()],
      [batches, keyed({ prefer: "respond-async" })],
    ] as const) {
      expect(problemIn(await ask(path, call))).toMatchObject({ type: "/problems/idempotency-key-reused" });
    }
  });
});
