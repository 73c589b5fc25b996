import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startMock, type RunningMock } from "../../src/index.ts";
import { createAgent, sendRaw, type Raw } from "../support/raw.ts";

const agent = createAgent();
let mock: RunningMock;
beforeAll(async () => {
  mock = await startMock({ tokens: ["T"], seed: { users: ["u1"], groups: [{ name: "G" }] } });
});
afterAll(async () => {
  agent.destroy();
  await mock.close();
});

const json = { "content-type": "application/json" };
const GID = 102529;
const oversized = "x".repeat(16 * 1024 * 1024 + 1);

interface Case extends Raw {
  readonly claim: string;
  readonly answer: {
    readonly error: string;
    readonly code: number;
    readonly properties: readonly string[];
    readonly op: string;
  };
}

const flat = (query: string): Raw => ({ method: "GET", target: `/api.php?${query}` });
const nested = (body: string): Raw => ({ method: "POST", target: "/backend/", headers: json, body });

const auth = { error: "AUTHFAIL", code: 401, properties: ["token"] };
const cases: readonly Case[] = [
  { claim: "a wrong token", ...flat("op=groupadd&token=W"), answer: { ...auth, op: "groupadd" } },
  {
    claim: "a wrong token in JSON",
    ...nested('{"op":"groupadd","token":"W"}'),
    answer: { ...auth, op: "groupadd" },
  },
  { claim: "no token", ...flat("op=groupadd"), answer: { ...auth, op: "groupadd" } },
  { claim: "a token before a wrong op", ...flat("op=nope&token=W"), answer: { ...auth, op: "nope" } },
  {
    claim: "a token that is no text",
    ...nested('{"op":"groupadd","token":{"a":1}}'),
    answer: { ...auth, op: "groupadd" },
  },
  {
    claim: "an unknown op",
    ...flat("op=groupfly&token=T"),
    answer: { error: "BADOP", code: 400, properties: ["op"], op: "groupfly" },
  },
  {
    claim: "an op that every object has",
    ...nested('{"op":"constructor","token":"T"}'),
    answer: { error: "BADOP", code: 400, properties: ["op"], op: "constructor" },
  },
  { claim: "no op", ...flat("token=T"), answer: { error: "BADOP", code: 400, properties: ["op"], op: "" } },
  {
    claim: "a legacy op that never worked",
    ...flat("op=deluser&token=T&uid=1001"),
    answer: { error: "BADOP", code: 400, properties: ["op"], op: "deluser" },
  },
  {
    claim: "a missing parameter",
    ...flat("op=groupeditmembers&token=T"),
    answer: { error: "MISSINGPARA", code: 400, properties: ["gid", "m"], op: "groupeditmembers" },
  },
  {
    claim: "a malformed gid",
    ...flat("op=groupdel&token=T&gid=12x"),
    answer: { error: "BADPARA", code: 400, properties: ["gid"], op: "groupdel" },
  },
  {
    claim: "a gid out of range",
    ...nested('{"op":"groupdel","token":"T","group":{"gid":4294967296}}'),
    answer: { error: "BADPARA", code: 400, properties: ["gid"], op: "groupdel" },
  },
  {
    claim: "a negative gid",
    ...flat("op=groupdel&token=T&gid=-1"),
    answer: { error: "BADPARA", code: 400, properties: ["gid"], op: "groupdel" },
  },
  {
    claim: "a flag out of range",
    ...flat("op=groupadd&token=T&flag=4294967296"),
    answer: { error: "BADPARA", code: 400, properties: ["flag"], op: "groupadd" },
  },
  {
    claim: "a flag that is no number",
    ...flat("op=groupadd&token=T&flag=0xZZ"),
    answer: { error: "BADPARA", code: 400, properties: ["flag"], op: "groupadd" },
  },
  {
    claim: "a name that is an object",
    ...nested('{"op":"groupadd","token":"T","group":{"name":{"a":1}}}'),
    answer: { error: "BADPARA", code: 400, properties: ["name"], op: "groupadd" },
  },
  {
    claim: "an unknown gid",
    ...flat("op=groupdel&token=T&gid=999"),
    answer: { error: "BADGROUP", code: 404, properties: ["gid"], op: "groupdel" },
  },
  {
    claim: "an unknown gid in groupset",
    ...flat("op=groupset&token=T&gid=999&name=x"),
    answer: { error: "BADGROUP", code: 404, properties: ["gid"], op: "groupset" },
  },
  {
    claim: "an unknown address",
    ...flat(`op=groupeditmembers&token=T&gid=${GID}&m=u1,ghost`),
    answer: { error: "BADUSER", code: 404, properties: ["m"], op: "groupeditmembers" },
  },
  {
    claim: "an unknown address on groupadd",
    ...flat("op=groupadd&token=T&name=x&m=ghost"),
    answer: { error: "BADUSER", code: 404, properties: ["m"], op: "groupadd" },
  },
  {
    claim: "an unknown uid",
    ...flat("op=userdel&token=T&uid=4242"),
    answer: { error: "BADUSER", code: 404, properties: ["uid"], op: "userdel" },
  },
  {
    claim: "an empty list",
    ...flat(`op=groupeditmembers&token=T&gid=${GID}&m=`),
    answer: { error: "MISSINGPARA", code: 400, properties: ["m"], op: "groupeditmembers" },
  },
  {
    claim: "a list of nothing but commas",
    ...flat(`op=groupeditmembers&token=T&gid=${GID}&m=,%20,,`),
    answer: { error: "MISSINGPARA", code: 400, properties: ["m"], op: "groupeditmembers" },
  },
  {
    claim: "a list of nothing but commas before an unknown gid, as no list at all",
    ...flat("op=groupeditmembers&token=T&gid=999&m=,,"),
    answer: { error: "MISSINGPARA", code: 400, properties: ["m"], op: "groupeditmembers" },
  },
  {
    claim: "a name that is a number beyond all numbers",
    ...nested('{"op":"groupadd","token":"T","group":{"name":1e400}}'),
    answer: { error: "BADPARA", code: 400, properties: ["name"], op: "groupadd" },
  },
  {
    claim: "an over-long list",
    ...nested(
      JSON.stringify({
        op: "groupeditmembers",
        token: "T",
        group: {
          gid: GID,
          members: { m: Array.from({ length: 100_001 }, (_, index) => index.toString(36)).join(",") },
        },
      }),
    ),
    answer: { error: "BADPARA", code: 400, properties: ["m"], op: "groupeditmembers" },
  },
  {
    claim: "an over-long address",
    ...flat(`op=useradd&token=T&appid=a&addr=${"a".repeat(64)}`),
    answer: { error: "BADPARA", code: 400, properties: ["addr"], op: "useradd" },
  },
  {
    claim: "an address of nothing but space",
    ...flat("op=useradd&token=T&appid=a&addr=+"),
    answer: { error: "BADPARA", code: 400, properties: ["addr"], op: "useradd" },
  },
  {
    claim: "a user without appid on v1",
    ...flat("op=useradd&token=T&addr=a"),
    answer: { error: "MISSINGPARA", code: 400, properties: ["appid"], op: "useradd" },
  },
  {
    claim: "a body that is not JSON",
    ...nested('{"op":"groupadd","token":"T"'),
    answer: { error: "BADREQUEST", code: 400, properties: [], op: "" },
  },
  {
    claim: "a body that is a JSON list, with op in the query",
    method: "POST",
    target: "/backend/?op=groupadd&token=T",
    headers: json,
    body: "[1,2]",
    answer: { error: "BADREQUEST", code: 400, properties: [], op: "groupadd" },
  },
  {
    claim: "a JSON body over 16 MiB",
    method: "POST",
    target: "/backend/?op=groupadd&token=T",
    headers: json,
    body: `{"group":{"name":"${oversized}"}}`,
    answer: { error: "TOOLARGE", code: 413, properties: [], op: "groupadd" },
  },
  {
    claim: "a form over 16 MiB on api.php",
    method: "POST",
    target: "/api.php",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: `op=groupadd&token=T&name=${oversized}`,
    answer: { error: "TOOLARGE", code: 413, properties: [], op: "" },
  },
  {
    claim: "a chunked body over 16 MiB",
    method: "POST",
    target: "/backend/?op=groupadd",
    headers: { ...json, "transfer-encoding": "chunked" },
    body: `{"token":"T","name":"${oversized}"}`,
    answer: { error: "TOOLARGE", code: 413, properties: [], op: "groupadd" },
  },
];

describe("refused in mesibo's own failure shape, and nothing is changed", () => {
  for (const { claim, answer, ...raw } of cases) {
    test(claim, async () => {
      const before = { users: mock.world().users(), groups: mock.world().groups() };
      const { status, type, text } = await sendRaw(mock.url, raw, agent);
      expect({ status, type: type.split(";")[0] }).toEqual({ status: 200, type: "application/json" });
      const body = JSON.parse(text) as Record<string, unknown>;
      expect(Object.keys(body)).toEqual(["error", "code", "cause", "properties", "op", "result"]);
      expect(body).toEqual({ ...answer, cause: expect.any(String) as string, result: false });
      expect({ users: mock.world().users(), groups: mock.world().groups() }).toEqual(before);
    });
  }
});

test("a refusal says which value was wrong and what was expected", async () => {
  const { text } = await sendRaw(mock.url, flat("op=groupadd&token=T&flag=abc&expiry=1.5"), agent);
  expect(JSON.parse(text)).toMatchObject({
    cause:
      "A parameter has a value that it cannot have: flag must be a flag from 0 to 4294967295, decimal or 0x; " +
      "expiry must be a whole number from -2147483648 to 4294967295",
  });
});

test("a path that mesibo does not have is 404 and names those that it has", async () => {
  const { status, text } = await sendRaw(mock.url, { method: "GET", target: "/api.phpx" }, agent);
  expect(status).toBe(404);
  expect(JSON.parse(text)).toEqual({
    error: "not_found",
    message: "A mesibo mock answers on /api.php, /backend, /backend/, /mesiboapi, /_mock/, not on /api.phpx.",
  });
});

test("the request's id is echoed, in a refusal too", async () => {
  const { text: added } = await sendRaw(mock.url, flat("op=groupadd&token=T&id=7"), agent);
  expect(JSON.parse(added)).toMatchObject({ id: 7, result: true });
  const { text: refused } = await sendRaw(mock.url, nested('{"op":"x","token":"T","id":8}'), agent);
  expect(JSON.parse(refused)).toMatchObject({ id: 8, result: false });
});
