import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startMock, type RunningMock } from "../../src/index.ts";
import { createAgent, sendRaw, type Raw } from "../support/raw.ts";

// 10,000 requests, none of which a mesibo could do, over a real socket.

const REQUESTS = 10_000;
const GID = 102529;
const agent = createAgent();
let mock: RunningMock;
beforeAll(async () => {
  const groups = [{ name: "G", members: [{ address: "u1", permissions: { send: true } }] }];
  mock = await startMock({ tokens: ["T"], seed: { users: ["u1", "u2"], groups } });
});
afterAll(async () => {
  agent.destroy();
  await mock.close();
});

const ops = [
  "useradd",
  "userset",
  "userdel",
  "usertoken",
  "groupadd",
  "groupset",
  "groupdel",
  "groupeditmembers",
  "groupgetmembers",
  "message",
];
const op = fc.constantFrom(...ops);
const path = fc.constantFrom("/api.php", "/backend", "/backend/", "/mesiboapi");
const method = fc.constantFrom("GET", "POST", "PUT", "DELETE", "PATCH");
const contentType = fc.constantFrom(
  "application/json",
  "application/x-www-form-urlencoded",
  "text/plain",
  "multipart/form-data",
  "",
);
// No digits in it: it can be no gid, no flag, no count.
const junk = fc
  .string({ unit: "binary", minLength: 1, maxLength: 40 })
  .map((text) => `~${text.replaceAll(/\d/g, "")}`);
const outOfRange = fc.constantFrom(
  "-2",
  "4294967296",
  "99999999999999999999",
  "1e3",
  "0x1ffffffff",
  "1.5",
  "NaN",
  "Infinity",
);

type Query = Record<string, string>;
const target = (at: string, query: Query): string => `${at}?${new URLSearchParams(query).toString()}`;

/** Parameters without which, or with which, an op cannot be done. */
const impossible: fc.Arbitrary<Query> = fc.oneof(
  fc.record({ op, token: junk }),
  fc.record({ op: junk, token: fc.constant("T") }),
  op.map((name): Query => ({ op: name === "groupadd" ? "groupdel" : name, token: "T" })),
  fc.record({
    op: fc.constantFrom("groupset", "groupdel", "groupeditmembers", "groupgetmembers"),
    token: fc.constant("T"),
    gid: fc.oneof(junk, outOfRange, fc.constant("999")),
    m: fc.constantFrom("u1", ""),
  }),
  fc.record({
    op: fc.constantFrom("groupadd", "groupset"),
    token: fc.constant("T"),
    gid: fc.constant(String(GID)),
    flag: fc.oneof(junk, outOfRange),
  }),
  fc.record({
    op: fc.constant("groupeditmembers"),
    token: fc.constant("T"),
    gid: fc.constant(String(GID)),
    m: junk,
  }),
  fc.record({
    op: fc.constant("groupeditmembers"),
    token: fc.constant("T"),
    gid: fc.constant(String(GID)),
    m: fc.constant("u1"),
    cs: fc.oneof(junk, outOfRange),
  }),
  fc.record({
    op: fc.constant("message"),
    token: fc.constant("T"),
    from: junk,
    gid: fc.constant(String(GID)),
  }),
);

const inQuery: fc.Arbitrary<Raw> = fc
  .tuple(method, path, impossible)
  .map(([verb, at, query]) => ({ method: verb, target: target(at, query) }));

const inForm: fc.Arbitrary<Raw> = fc.tuple(path, impossible).map(([at, query]) => ({
  method: "POST",
  target: at,
  headers: { "content-type": "application/x-www-form-urlencoded" },
  body: new URLSearchParams(query).toString(),
}));

const inJson: fc.Arbitrary<Raw> = fc
  .tuple(path, impossible)
  .map(([at, { op: name = "", token = "", ...group }]) => ({
    method: "POST",
    target: at,
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ op: name, token, ...group }),
  }));

const jsonTree = fc.letrec((tie) => ({
  node: fc.oneof(
    { maxDepth: 6 },
    fc.constantFrom(null, true, 1, -1, "", "T"),
    fc.array(tie("node"), { maxLength: 4 }),
    fc.dictionary(
      fc.constantFrom(
        "group",
        "user",
        "members",
        "gid",
        "m",
        "__proto__",
        "constructor",
        "permissions",
        "id",
      ),
      tie("node"),
    ),
  ),
})).node;

const garbage: fc.Arbitrary<Raw> = fc
  .tuple(
    method,
    path,
    contentType,
    fc.oneof(
      fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
      jsonTree.map((tree) => Buffer.from(JSON.stringify(tree))),
    ),
  )
  .map(([verb, at, type, body]) => ({
    method: verb,
    target: at,
    headers: type === "" ? {} : { "content-type": type },
    body,
  }));

test(`${REQUESTS} malformed requests are each refused in the failure shape and change nothing`, async () => {
  const before = JSON.stringify([mock.world().users(), mock.world().groups(), mock.world().deliveries()]);
  let sent = 0;
  await fc.assert(
    fc.asyncProperty(fc.oneof(inQuery, inForm, inJson, garbage), async (raw) => {
      sent += 1;
      const { status, text } = await sendRaw(mock.url, raw, agent);
      expect(status).toBe(200);
      const body = JSON.parse(text) as Record<string, unknown>;
      expect(Object.keys(body).filter((key) => key !== "id")).toEqual([
        "error",
        "code",
        "cause",
        "properties",
        "op",
        "result",
      ]);
      expect(body["result"]).toBe(false);
      expect(JSON.stringify([mock.world().users(), mock.world().groups(), mock.world().deliveries()])).toBe(
        before,
      );
    }),
    { numRuns: REQUESTS },
  );
  expect(sent).toBe(REQUESTS);
}, 120_000);
