import { describe, expect, it } from "vitest";
import {
  allPermissions,
  createClient,
  flagPresets,
  requestOf,
  TOKEN_PLACEHOLDER,
  type CallRecord,
  type OpName,
  type Requests,
} from "../../src/index.ts";

const answer = '{"group":{"gid":96734},"op":"groupadd","result":true}';

describe.each(["json", "form"] as const)("what a recorded call as %s asked for", (dialect) => {
  it("is the request in domain words, whatever its texts spell", async () => {
    const records: CallRecord[] = [];
    const client = createClient({
      token: "app-token-0001",
      dialect,
      fetch: async () => new Response(answer),
      onCall: (record) => records.push(record),
    });
    const name = `it's "${TOKEN_PLACEHOLDER}" & token=ü+%41`;
    await client.groups.create({ name, members: ["alice", "bob"] });
    expect(records.map(requestOf)).toEqual([{ name, members: ["alice", "bob"] }]);
  });
});

it("is unknown where the body is none that a client wrote", () => {
  const record: CallRecord = {
    op: "groupdel",
    attempt: 1,
    url: "http://localhost/",
    contentType: "application/json",
    body: '{"op":"groupdel","gid":"many"}',
    startedAt: 0,
    durationMs: 0,
    waitedMs: 0,
    outcome: "refused",
    status: 200,
    answer: undefined,
  };
  expect(requestOf(record)).toBeUndefined();
});

const throughGateway: readonly (readonly [OpName, Requests[OpName]])[] = [
  ["groupadd", { name: 'it\'s "x" /v1/ ü' }],
  ["groupadd", { name: "x", flags: flagPresets.broadcast, expiry: 60, expiryext: 5, active: false }],
  ["groupset", { gid: 7, name: "y" }],
  ["groupdel", { gid: 7 }],
  ["groupeditmembers", { gid: 7, members: ["a/v1/?b&%"], permissions: allPermissions, remove: false }],
  ["groupeditmembers", { gid: 7, members: ["a"], permissions: {}, remove: true }],
  ["groupeditmembers", { gid: 7, members: ["a", "b"], permissions: {}, remove: true }],
  ["groupeditmembers", { gid: 7, members: ["a", "b"], permissions: allPermissions, remove: false }],
  ["groupsget", { pattern: "a* &b", count: 1000 }],
  ["groupsget", { count: 1000 }],
  ["groupgetmembers", { gid: 7, count: 1000 }],
];

describe("what a recorded call to a gateway asked for", () => {
  it.each(throughGateway)("is the request in domain words: %s %j", async (op, request) => {
    const records: CallRecord[] = [];
    const client = createClient({
      gateway: { url: "http://gateway.test/base/v1/", key: "api-key-0001" },
      fetch: async () => Response.json({ gid: 7, items: [], next_cursor: null }),
      onCall: (record) => records.push(record),
      retries: 0,
    });
    // What a batch came to is not in this answer, and not asked for here.
    await client.call(op, request).catch(() => undefined);
    expect(records.map(requestOf)).toEqual([request]);
  });

  it.each([
    ["groupadd", "POST", "/groups", "{"],
    ["groupadd", "POST", "/groups", '{"flag":"many"}'],
    ["groupset", "PATCH", "/groups/7", '{"name":7}'],
    ["groupeditmembers", "PUT", "/groups/7/members/a", "{}"],
    ["groupeditmembers", "DELETE", "/groups/7/members/%", ""],
    ["groupeditmembers", "POST", "/groups/7/member-batches", "{}"],
    ["groupdel", "DELETE", "/operations/7", ""],
    ["useradd", "POST", "/groups", "{}"],
  ] as const)("is unknown where no client wrote it: %s %s %s %s", (op, method, path, body) => {
    const record: CallRecord = {
      op,
      attempt: 1,
      method,
      url: `http://gateway.test/v1${path}`,
      contentType: "application/json",
      body,
      startedAt: 0,
      durationMs: 0,
      waitedMs: 0,
      outcome: "refused",
      status: 400,
      answer: undefined,
    };
    expect(requestOf(record)).toBeUndefined();
  });
});
