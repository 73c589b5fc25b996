import * as fc from "fast-check";
import { expect, it } from "vitest";
import {
  createClient,
  parseRequest,
  requestOf,
  ValidationError,
  writeRequest,
  type CallRecord,
  type OpName,
  type Requests,
} from "../../src/index.ts";
import { opNames as ops } from "../../src/wire/operations/index.ts";
import { requests } from "../support/arbitraries.ts";

/** Paths and words of what is wrong, as sentences. */
function faultsOf(body: unknown): readonly string[] {
  const parsed = parseRequest(typeof body === "string" ? body : JSON.stringify(body));
  return parsed.ok ? [] : parsed.faults.map(({ path, words }) => `${path.join(".") || "it"} ${words}`);
}

it("a body in any spelling is a request in domain words, and comes to one canonical body", () => {
  const wanted = {
    ok: true,
    op: "groupset",
    request: { gid: 102529, name: "News", active: true },
    body: '{"op":"groupset","group":{"gid":102529,"name":"News","active":true}}',
  };
  expect(parseRequest('{"op":"groupset","group":{"gid":102529,"name":"News","active":true}}')).toEqual(
    wanted,
  );
  expect(parseRequest('{"op":"groupset","gid":"102529","name":"News","active":"1","flag":"-1"}')).toEqual(
    wanted,
  );
});

it("what a client wrote is read as what it was asked for, in both dialects", async () => {
  for (const dialect of ["json", "form"] as const) {
    const records: CallRecord[] = [];
    const client = createClient({
      token: "app-token-0001",
      dialect,
      fetch: async () => new Response('{"op":"groupeditmembers","result":true}'),
      onCall: (record) => records.push(record),
    });
    await client.members.remove({ gid: 7, addresses: ["alice", "bob"] });
    const [record] = records;
    if (record === undefined) throw new Error("no call was made");
    const members =
      dialect === "json" ? JSON.parse(record.body) : Object.fromEntries(new URLSearchParams(record.body));
    const { token: _, ...body } = members as Record<string, unknown>;
    expect(parseRequest(JSON.stringify(body))).toMatchObject({ ok: true, request: requestOf(record) });
  }
});

it("everything that is wrong is told with its place, and no value is quoted", () => {
  expect(faultsOf("[]")).toEqual(["it must be one JSON object"]);
  expect(faultsOf("{")).toEqual(["it must be one JSON object"]);
  expect(faultsOf({ gid: 5 })).toEqual(["op is missing"]);
  expect(faultsOf({ op: "groupmake" })).toEqual(["op names no operation; did you mean groupadd?"]);
  expect(faultsOf({ op: "groupdel", gid: 5, token: "secret" })).toEqual([
    "token must be left out: it is added when it is sent",
  ]);
  expect(faultsOf({ op: "groupdel" })).toEqual(["group.gid is missing"]);
  expect(faultsOf({ op: "groupset", group: { gid: "many", nmae: "x" } })).toEqual([
    "group.nmae is no parameter of mesibo's; did you mean name?",
    "group.gid must be a whole number from 1 to 4294967295",
  ]);
  expect(faultsOf({ op: "groupset", gid: 5, group: "x" })).toEqual(["group must be an object"]);
  expect(faultsOf({ op: "groupset", gid: 5, name: { first: "x" } })).toEqual(["name must be a single value"]);
});

it("a parameter that the operation takes no notice of is a fault, and none of mesibo's ways to say nothing is", () => {
  expect(faultsOf({ op: "groupdel", gid: 5, name: "News" })).toEqual(["name means nothing to groupdel"]);
  expect(faultsOf({ op: "groupadd", name: "News", gid: 0, sflags: -1 })).toEqual([]);
  expect(faultsOf({ op: "groupset", gid: 5, name: "", flag: -1, pinned: null })).toEqual([]);
});

it("no text makes it throw, and what it reads it reads again as the same", () => {
  const keys = fc.constantFrom(
    "op",
    "gid",
    "group",
    "name",
    "members",
    "m",
    "flag",
    "delete",
    "__proto__",
    "x",
  );
  const { object } = fc.letrec((tie) => ({
    object: fc.dictionary(keys, tie("value"), { maxKeys: 6, depthIdentifier: "depth" }),
    value: fc.oneof(
      { maxDepth: 3, depthIdentifier: "depth" },
      fc.constantFrom("groupset", "groupadd", 5, -1, 1.5, true, null, "a,b"),
      tie("object"),
    ),
  }));
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        object.map((value) => JSON.stringify(value)),
      ),
      (text) => {
        const parsed = parseRequest(text);
        if (!parsed.ok) {
          expect(parsed.faults).not.toEqual([]);
          return;
        }
        expect(parseRequest(parsed.body)).toEqual(parsed);
      },
    ),
    { numRuns: 2000 },
  );
});

it("check says what a call would say, and sends nothing", () => {
  let sent = 0;
  const { check } = createClient({
    token: "app-token-0001",
    fetch: async () => {
      sent += 1;
      return new Response("{}");
    },
  });
  check("groupdel", { gid: 5 });
  expect(() => check("groupdel", { gid: 0 })).toThrow(ValidationError);
  expect(() => check("groupadd", { name: "my app-token-0001" })).toThrow("the token is a secret");
  expect(sent).toBe(0);
});

function expectToReadBack<O extends OpName>(op: O, arbitrary: fc.Arbitrary<Requests[O]>): void {
  fc.assert(
    fc.property(arbitrary, (request) => {
      const body = writeRequest({ op, request });
      expect(Object.keys(JSON.parse(body) as object)).not.toContain("token");
      expect(parseRequest(body)).toEqual({ ok: true, op, request, body });
    }),
  );
}

it.each(ops)("what writeRequest writes of %s has no token, and parseRequest reads it back", (op) => {
  expectToReadBack(op, requests[op]);
});
