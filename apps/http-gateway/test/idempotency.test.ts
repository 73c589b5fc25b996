import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import {
  answering,
  cut,
  failing,
  gatewayOverFetch,
  gatewayOverMock,
  problemIn,
  type Answer,
  type Ask,
  type TestGateway,
} from "./support/gateway.ts";

const json = { "content-type": "application/json" };
const withKey = (key: string) => ({ ...json, "idempotency-key": key });
const create = (key: string, body: unknown = { name: "Ops" }) => ({
  method: "POST",
  body,
  headers: withKey(key),
});
const created = { group: { gid: 21 }, op: "groupadd", result: true };

const permissions = { send: true, receive: true, publish: false, subscribe: false, list: false };

/** An answer without what differs from request to request. */
const shown = ({ status, text, headers }: Answer) => ({
  status,
  text,
  location: headers.get("location"),
  etag: headers.get("etag"),
  replayed: headers.get("idempotency-replayed"),
});

describe("the same key and the same request", () => {
  test("make one group, and get one answer, which says that it is repeated", async () => {
    const { ask, mock } = gatewayOverMock();
    const first = shown(await ask("/v1/groups", create("k")));
    const second = shown(await ask("/v1/groups", create("k")));
    expect(first).toMatchObject({ status: 201, location: "/v1/groups/102531", replayed: null });
    expect(second).toEqual({ ...first, replayed: "true" });
    expect(mock.world().groups()).toHaveLength(3);
  });

  test("are the same however they are written", async () => {
    const { ask, mock } = gatewayOverMock();
    const body = '{"name":"Ops","flags":{"send":"selected","store":true}}';
    const again = '{ "flags": {"store": true, "send": "selected"}, "name": "\\u004fps" }';
    expect((await ask("/v1/groups", create('"k"', body))).status).toBe(201);
    expect((await ask("/v1/groups", create("k", again))).headers.get("idempotency-replayed")).toBe("true");
    expect(mock.world().groups()).toHaveLength(3);
  });

  test("1,000 at once make one call, and every other one is told to come again", async () => {
    let answer: ((response: Response) => void) | undefined;
    const { ask, sent } = gatewayOverFetch(() => new Promise((resolve) => (answer = resolve)));
    await ask("/livez");
    const answers = Array.from({ length: 1000 }, () => ask("/v1/groups", create("k")));
    const others = await Promise.all(answers.slice(1));
    expect(new Set(others.map(({ status }) => status))).toEqual(new Set([409]));
    expect(problemIn(others[0] ?? (await ask("/")))).toMatchObject({ type: "/problems/request-in-progress" });
    await expect.poll(sent).toBe(1);
    answer?.(Response.json(created));
    expect((await answers[0])?.status).toBe(201);
    expect((await ask("/v1/groups", create("k"))).status).toBe(201);
    expect(sent()).toBe(1);
  });

  test.each([
    ["a change of a group", "PATCH", "/v1/groups/102529", { name: "New" }],
    ["the end of a group", "DELETE", "/v1/groups/102529", undefined],
    ["a member's permissions", "PUT", "/v1/groups/102529/members/alice", { permissions }],
    ["the end of a membership", "DELETE", "/v1/groups/102529/members/alice", undefined],
  ])("get the first answer though it has changed the version: %s", async (_, method, path, body) => {
    const { ask } = gatewayOverMock();
    const etag = (await ask(path)).headers.get("etag") ?? "";
    const request = { method, body, headers: { ...withKey("k"), "if-match": etag } };
    const first = shown(await ask(path, request));
    expect(first.status).toBeLessThan(300);
    expect({ ...shown(await ask(path, request)), replayed: null }).toEqual(first);
  });

  test.each([
    ["a change", "PATCH", "/v1/groups/102529", { name: "New" }],
    ["a member's permissions", "PUT", "/v1/groups/102529/members/alice", { permissions }],
    ["the end of a membership", "DELETE", "/v1/groups/102529/members/alice", undefined],
    [
      "a list of edits",
      "POST",
      "/v1/groups/102529/member-batches",
      { items: [{ address: "alice", remove: true }] },
    ],
    ["a list of members", "PUT", "/v1/groups/102529/members?max_removals=9", { members: [] }],
  ])("get the first answer though the group is gone by now: %s", async (_, method, path, body) => {
    const { ask } = gatewayOverMock();
    const first = shown(await ask(path, { method, body, headers: withKey("k") }));
    expect(first.status).toBeLessThan(300);
    expect((await ask("/v1/groups/102529", { method: "DELETE" })).status).toBe(204);
    const again = shown(await ask(path, { method, body, headers: withKey("k") }));
    expect(again).toEqual({ ...first, replayed: "true" });
  });

  test("are refused once where mesibo refused", async () => {
    const { ask, sent } = gatewayOverFetch(answering({ error: "NOTTODAY", op: "groupadd", result: false }));
    const first = shown(await ask("/v1/groups", create("k")));
    expect(first.status).toBe(422);
    expect(shown(await ask("/v1/groups", create("k")))).toEqual({ ...first, replayed: "true" });
    expect(sent()).toBe(1);
  });
});

describe("a key", () => {
  test("of another request is refused, and nothing is done", async () => {
    const { ask, mock } = gatewayOverMock();
    await ask("/v1/groups", create("k"));
    const answer = await ask("/v1/groups", create("k", { name: "Other" }));
    expect(problemIn(answer)).toMatchObject({ status: 422, type: "/problems/idempotency-key-reused" });
    const other = { method: "DELETE", headers: { "idempotency-key": "k" } };
    expect((await ask("/v1/groups/102529", other)).status).toBe(422);
    expect(mock.world().groups()).toHaveLength(3);
  });

  test("belongs to the API key that sent it: another one learns nothing of it", async () => {
    const { ask, mock } = gatewayOverMock();
    await ask("/v1/groups", create("k"));
    const other = create("k", { name: "Other" });
    const headers = { ...other.headers, authorization: "Bearer another-key" };
    expect((await ask("/v1/groups", { ...other, headers })).json).toMatchObject({
      gid: 102532,
      name: "Other",
    });
    expect(mock.world().groups()).toHaveLength(4);
  });

  test("is not burnt by a request that is wrong", async () => {
    const { ask } = gatewayOverMock();
    expect((await ask("/v1/groups", create("k", { name: "" }))).status).toBe(400);
    expect((await ask("/v1/groups", create("k"))).status).toBe(201);
  });

  test("is free again where nothing was sent", async () => {
    let up = false;
    const { ask } = gatewayOverFetch(async (url, init) =>
      up ? Response.json(created) : failing("ECONNREFUSED")(url, init),
    );
    const first = problemIn(await ask("/v1/groups", create("k")));
    expect(first).toMatchObject({ status: 503, sent: "no", retryable: true });
    up = true;
    const second = await ask("/v1/groups", create("k"));
    expect([second.status, second.headers.get("idempotency-replayed")]).toEqual([201, null]);
  });

  test("is free again where the app token was refused, for the operator's second try", async () => {
    const { ask, engine } = gatewayOverFetch(
      answering({ error: "AUTHFAIL", code: 401, op: "groupadd", result: false }),
    );
    expect((await ask("/v1/groups", create("k"))).status).toBe(503);
    (await engine()).client.reset();
    expect(problemIn(await ask("/v1/groups", create("k")))).toMatchObject({ sent: "yes" });
  });

  test.each(["a b", "é", '"', 'a"b', "x".repeat(256), "a\tb"])("%j is refused", async (key) => {
    const { ask, sent } = gatewayOverFetch(answering(created));
    const answer = await ask("/v1/groups", create(key)).catch(
      // Not even fetch takes some of them as a header.
      () => undefined,
    );
    if (answer !== undefined) {
      expect(problemIn(answer)).toMatchObject({ status: 400, type: "/problems/idempotency-key-invalid" });
    }
    expect(sent()).toBe(0);
  });

  test.each(["x".repeat(255), randomUUID(), '"quoted"', "!~"])("%j is taken", async (key) => {
    expect((await gatewayOverMock().ask("/v1/groups", create(key))).status).toBe(201);
  });

  test("may come with every change, and is needed for a create only", async () => {
    const { ask } = gatewayOverMock();
    const change = { method: "PATCH", body: { name: "Other" }, headers: withKey("p") };
    const first = await ask("/v1/groups/102529", change);
    expect([first.status, first.headers.get("etag")]).toEqual([200, '"2"']);
    const again = await ask("/v1/groups/102529", change);
    expect([again.status, again.headers.get("etag"), again.json]).toEqual([200, '"2"', first.json]);
    expect((await ask("/v1/groups/102529", { method: "PATCH", body: { name: "X" } })).status).toBe(200);
  });
});

describe("where mesibo did not answer", () => {
  const unknown = async (): Promise<TestGateway & { readonly sent: () => number; readonly path: string }> => {
    const gateway = gatewayOverFetch(cut);
    const answer = await gateway.ask("/v1/groups", create("k"));
    const { operation = "", ...problem } = problemIn(answer);
    expect(problem).toMatchObject({
      status: 504,
      type: "/problems/upstream-outcome-unknown",
      retryable: false,
      may_have_happened: true,
    });
    expect(answer.headers.get("location")).toBe(operation);
    return { ...gateway, path: operation };
  };
  const settle = (body: unknown) => ({ method: "POST", body });

  /** A change whose answer is lost, of a group whose later changes are done. */
  async function unknownChange({ path = "/v1/groups/20", ...change }: Ask & { readonly path?: string }) {
    let answers = 0;
    const { ask } = gatewayOverFetch(async () => {
      answers += 1;
      return answers === 1 ? cut() : Response.json({ op: "any", group: { gid: 20 }, result: true });
    });
    const { operation = "" } = problemIn(await ask(path, change));
    return { ask, path: operation };
  }

  test("a create is never sent again, whoever repeats it, and stays unknown", async () => {
    const { ask, sent, path } = await unknown();
    for (let time = 0; time < 3; time += 1) {
      const again = await ask("/v1/groups", create("k"));
      expect(problemIn(again)).toMatchObject({ status: 504, operation: path });
      expect(again.headers.get("idempotency-replayed")).toBe("true");
    }
    expect(sent()).toBe(1);
    expect((await ask(path)).json).toMatchObject({
      kind: "create_group",
      state: "unknown",
      gid: null,
      request: { name: "Ops", flag: 0 },
      answer: { status: 504 },
      resolution: null,
    });
    expect((await ask("/v1/operations?state=unknown")).json).toMatchObject({ items: [{ state: "unknown" }] });
    expect((await ask("/v1/operations?state=succeeded")).json).toMatchObject({ items: [] });
  });

  test("somebody who has found the group says so, and the first request is answered with it", async () => {
    const { ask, sent, path } = await unknown();
    const settled = await ask(`${path}/resolutions`, settle({ outcome: "happened", gid: 77 }));
    expect([settled.status, settled.json]).toEqual([
      200,
      expect.objectContaining({
        state: "resolved",
        gid: 77,
        resolution: {
          outcome: "happened",
          gid: 77,
          by: expect.stringMatching(/^env_/),
          at: expect.any(String),
        },
      }),
    ]);
    const again = await ask("/v1/groups", create("k"));
    expect(shown(again)).toMatchObject({ status: 201, location: "/v1/groups/77", replayed: "true" });
    expect((await ask("/v1/groups/77")).json).toEqual(again.json);
    expect(sent()).toBe(1);
  });

  test("somebody who has looked in vain says so, and a new key makes the group", async () => {
    const { ask, path } = await unknown();
    expect((await ask(`${path}/resolutions`, settle({ outcome: "did_not_happen" }))).status).toBe(200);
    const again = problemIn(await ask("/v1/groups", create("k")));
    expect(again).toMatchObject({ status: 422, type: "/problems/upstream-refused" });
    expect((await ask(path)).json).toMatchObject({ state: "resolved", gid: null });
  });

  test("to create it once more needs a word that a second group is accepted", async () => {
    let answers = 0;
    const { ask, sent } = gatewayOverFetch(async () => {
      answers += 1;
      return answers === 1 ? cut() : Response.json(created);
    });
    const { operation = "" } = problemIn(await ask("/v1/groups", create("k")));
    const refused = await ask(`${operation}/resolutions`, settle({ outcome: "retried" }));
    expect(problemIn(refused).errors).toMatchObject([{ pointer: "/accept_duplicate_risk", code: "missing" }]);
    expect(sent()).toBe(1);
    const body = { outcome: "retried", accept_duplicate_risk: true };
    expect((await ask(`${operation}/resolutions`, settle(body))).json).toMatchObject({
      state: "resolved",
      gid: 21,
      resolution: { outcome: "retried" },
    });
    expect(shown(await ask("/v1/groups", create("k")))).toMatchObject({ status: 201, replayed: "true" });
    expect(sent()).toBe(2);
  });

  test("a change that happened before another one is done leaves alone what that one wrote", async () => {
    const { ask, path } = await unknownChange({ method: "PATCH", body: { name: "First", active: false } });
    expect((await ask("/v1/groups/20", { method: "PATCH", body: { name: "Second" } })).status).toBe(200);
    const settled = await ask(`${path}/resolutions`, settle({ outcome: "happened" }));
    expect(settled.json).toMatchObject({ state: "resolved", answer: { status: 200 } });
    expect((await ask("/v1/groups/20")).json).toMatchObject({ name: "Second", active: false });
  });

  test("a member who was set before somebody removed them does not come back", async () => {
    const permissions = { send: true, receive: true, publish: false, subscribe: false, list: false };
    const put = { method: "PUT", body: { permissions }, path: "/v1/groups/20/members/b" };
    const { ask, path } = await unknownChange(put);
    expect((await ask("/v1/groups/20/members/b", { method: "DELETE" })).status).toBe(204);
    const settled = await ask(`${path}/resolutions`, settle({ outcome: "happened" }));
    expect(settled.json).toMatchObject({ answer: { status: 200, body: { address: "b", permissions } } });
    expect((await ask("/v1/groups/20/members/b")).status).toBe(404);
  });

  test("what is settled cannot be settled again", async () => {
    const { ask, path } = await unknown();
    await ask(`${path}/resolutions`, settle({ outcome: "happened", gid: 77 }));
    const again = await ask(`${path}/resolutions`, settle({ outcome: "did_not_happen" }));
    expect(problemIn(again)).toMatchObject({ status: 409, type: "/problems/operation-not-unknown" });
  });

  test("two who settle at once do not both succeed", async () => {
    const { ask, path } = await unknown();
    const both = await Promise.all(
      [7, 8].map((gid) => ask(`${path}/resolutions`, settle({ outcome: "happened", gid }))),
    );
    expect(both.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 409]);
    expect((await ask("/v1/groups")).json).toMatchObject({ items: { length: 2 } });
  });

  test("a group that was there before, or that another create made, is not taken for a lost one's", async () => {
    const { ask, path } = await unknown();
    const before = (await ask("/v1/groups/20")).json;
    const taken = await ask(`${path}/resolutions`, settle({ outcome: "happened", gid: 20 }));
    expect(problemIn(taken)).toMatchObject({
      status: 400,
      errors: [{ pointer: "/gid", code: "invalid_value" }],
    });
    expect((await ask("/v1/groups/20")).json).toEqual(before);
    expect((await ask(path)).json).toMatchObject({ state: "unknown" });

    const { operation = "" } = problemIn(await ask("/v1/groups", create("other")));
    await ask(`${operation}/resolutions`, settle({ outcome: "happened", gid: 77 }));
    const twice = await ask(`${path}/resolutions`, settle({ outcome: "happened", gid: 77 }));
    expect(problemIn(twice)).toMatchObject({ status: 400, errors: [{ pointer: "/gid" }] });
  });

  test("a found create needs its gid", async () => {
    const { ask, path } = await unknown();
    const answer = await ask(`${path}/resolutions`, settle({ outcome: "happened" }));
    expect(problemIn(answer).errors).toMatchObject([{ pointer: "/gid", code: "missing" }]);
    expect((await ask(path)).json).toMatchObject({ state: "unknown" });
  });

  test("a change that may be repeated is asked once more", async () => {
    let answers = 0;
    const { ask } = gatewayOverFetch(async () => {
      answers += 1;
      return answers === 1 ? cut() : Response.json({ op: "groupset", group: { gid: 20 }, result: true });
    });
    const change = { method: "PATCH", body: { name: "Other" } };
    const problem = problemIn(await ask("/v1/groups/20", change));
    expect(problem).toMatchObject({ status: 504, retryable: true, may_have_happened: true });
    expect((await ask("/v1/groups/20")).json).toMatchObject({ name: "Twenty" });
    const settled = await ask(`${problem.operation}/resolutions`, settle({ outcome: "retried" }));
    expect(settled.json).toMatchObject({ state: "resolved", answer: { status: 200 } });
    expect((await ask("/v1/groups/20")).json).toMatchObject({ name: "Other" });
  });
});
