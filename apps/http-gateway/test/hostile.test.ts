import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { answering, gatewayOverFetch, gatewayOverMock, problemIn } from "./support/gateway.ts";

const row = { gid: 20, name: "x", flag: 0, pinned: 0, expinsec: 5, expiryext: 0, active: 1 };
const listing = (groups: readonly unknown[], groupscount = groups.length) => ({
  groups,
  count: groups.length,
  groupscount,
  result: true,
});

/** An import asks for listings, which are the longest and deepest answers. */
const lookFor20 = { method: "POST", body: { gids: [20] } };

describe("an upstream that lies", () => {
  test.each([
    ["a group that is null", listing([null])],
    ["a gid that is a text", listing([{ ...row, gid: "twenty" }])],
    ["a name that is a number", listing([{ ...row, name: 5 }])],
    ["a name with a NUL", { ...listing([{ ...row, name: "a\0b" }]), members: [] }],
    ["a flag that is an object", listing([{ ...row, flag: {} }])],
    ["no groups", { result: true }],
    ["groups that are an object", { ...listing([]), groups: { length: 1 } }],
    ["a result that is a text", { ...listing([row]), result: "true" }],
    ["nothing but a list", []],
    ["null", "null"],
    ["half an answer", '{"result":true,"groups":['],
    ["a page", "<!doctype html><title>Sign in</title>"],
    ["nothing", ""],
    ["100,000 brackets", "[".repeat(100_000)],
  ])("with %s is 502", async (_, body) => {
    const answer = await gatewayOverFetch(answering(body)).ask("/v1/group-imports", lookFor20);
    expect(problemIn(answer)).toMatchObject({ status: 502, type: "/problems/upstream-protocol" });
  });

  test("with __proto__ and constructor changes nothing but the answer", async () => {
    const group = `{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},${JSON.stringify(row).slice(1)}`;
    const body = `{"__proto__":{"polluted":1},"groups":[${group}],"count":1,"groupscount":1,"members":[],"result":true}`;
    const { ask } = gatewayOverFetch(answering(body));
    expect((await ask("/v1/group-imports", lookFor20)).json).toMatchObject({ imported: 1 });
    const answer = await ask("/v1/groups/20");
    expect(answer.json).toMatchObject({ name: "x" });
    expect(answer.text).not.toContain("polluted");
    expect(Reflect.get({}, "polluted")).toBeUndefined();
  });

  test.each([0, 2 ** 32, 999_999_999_999_999])("with the gid %i for a new group is 502", async (gid) => {
    const { ask } = gatewayOverFetch(answering({ group: { gid }, result: true }));
    const answer = await ask("/v1/groups", { method: "POST", body: { name: "x" } });
    expect(answer.headers.get("location")).toMatch(/^\/v1\/operations\/op_/);
    expect(problemIn(answer)).toMatchObject({ status: 502, sent: "yes", may_have_happened: true });
  });

  test("with an endless refusal is cut short", async () => {
    const long = "x".repeat(1_000_000);
    const refusal = {
      error: long,
      cause: long,
      properties: Array.from({ length: 100 }, () => "y".repeat(9_999)),
    };
    const { ask } = gatewayOverFetch(answering({ ...refusal, result: false }));
    const answer = await ask("/v1/groups/20", { method: "DELETE" });
    expect(answer.status).toBe(422);
    expect(answer.text.length).toBeLessThan(10_000);
  });

  test("with an answer over 16 MiB is 502", async () => {
    const { ask } = gatewayOverFetch(answering(" ".repeat(16 * 1024 * 1024 + 1)));
    const answer = await ask("/v1/group-imports", lookFor20);
    expect(problemIn(answer)).toMatchObject({ status: 502 });
  });

  test("with a redirect is not followed", async () => {
    const { ask, sent } = gatewayOverFetch(async (_, init) => {
      expect(init.redirect).toBe("manual");
      return new Response("", { status: 302, headers: { location: "http://169.254.169.254/" } });
    });
    expect(problemIn(await ask("/v1/groups/20", { method: "DELETE" }))).toMatchObject({ status: 502 });
    expect(sent()).toBe(1);
  });

  test("with anything at all is answered with a documented status", async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 4 }), fc.boolean(), async (value, result) => {
        const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
        const body = isObject ? { ...value, result } : value;
        const { ask } = gatewayOverFetch(answering(JSON.stringify(body)));
        for (const [path, call] of [
          ["/v1/groups", { method: "POST", body: { name: "x" } }],
          ["/v1/group-imports", lookFor20],
          ["/v1/groups/20", { method: "PATCH", body: { name: "x" } }],
          ["/v1/groups/20/members/a", { method: "DELETE" }],
          ["/v1/groups/20", { method: "DELETE" }],
        ] as const) {
          expect([200, 201, 204, 207, 404, 422, 501, 502, 503]).toContain((await ask(path, call)).status);
        }
      }),
      { numRuns: 200 },
    );
  }, 120_000);
});

describe("line breaks and escapes", () => {
  const evil = 'x\r\nSet-Cookie: a=b\r\n\r\n{"event":"forged"}\u001b[2J\u2028';

  test("in a name reach no header and no log line, and come back as they were", async () => {
    const { ask, log } = gatewayOverMock();
    const created = await ask("/v1/groups", { method: "POST", body: { name: evil } });
    expect(created.json).toMatchObject({ name: evil });
    expect((await ask("/v1/groups/102531")).json).toMatchObject({ name: evil });
    expect(created.text).not.toMatch(/\p{Cc}/u);
    expect([...created.headers.keys()]).not.toContain("set-cookie");
    expect(JSON.stringify(log)).not.toMatch(/forged|Set-Cookie|\p{Cc}/u);
  });

  test("in paths, queries and methods reach no log line", async () => {
    const { ask, log, request } = gatewayOverMock();
    const written = encodeURIComponent(evil);
    await ask(`/v1/groups/102529/permissions/${written}`);
    await ask(`/v1/flags/${written}`);
    await ask(`/${written}`);
    await ask(`/v1/groups?filter[name]=${written}`);
    await request("/livez", { method: "FORGED" });
    expect(log).toHaveLength(5);
    expect(JSON.stringify(log)).not.toMatch(/forged|Set-Cookie|FORGED/);
    expect(log.at(-1)).toMatchObject({ method: "other", status: 405 });
  });

  test("from the upstream come back on one line, in JSON only", async () => {
    const { ask, log } = gatewayOverFetch(answering({ error: evil, cause: evil, result: false }));
    const answer = await ask("/v1/groups/20", { method: "DELETE" });
    const line = 'x Set-Cookie: a=b {"event":"forged"} [2J ';
    expect(problemIn(answer).upstream).toEqual({ op: "groupdel", error: line, cause: line });
    expect(answer.text).not.toMatch(/\p{Cc}/u);
    expect(JSON.stringify(log)).not.toContain("forged");
  });
});
