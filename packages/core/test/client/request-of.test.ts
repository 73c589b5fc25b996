import { describe, expect, it } from "vitest";
import { createClient, requestOf, TOKEN_PLACEHOLDER, type CallRecord } from "../../src/index.ts";

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
    outcome: "refused",
    status: 200,
    answer: undefined,
  };
  expect(requestOf(record)).toBeUndefined();
});
