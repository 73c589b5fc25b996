import { describe, expect, test } from "vitest";
import { gatewayOverMock, problemIn } from "./support/gateway.ts";

const all = { send: true, receive: true, publish: true, subscribe: true, list: true };
const batches = "/v1/groups/102529/member-batches";
const columns = "address,send,receive,publish,subscribe,list";

/** Sends a body as it is written here, and answers with lines so that it is done within the request. */
async function send(type: string, body: string) {
  const gateway = gatewayOverMock();
  const headers = { "content-type": type, accept: "application/x-ndjson" };
  const answer = await gateway.ask(batches, { method: "POST", body, headers });
  const members = gateway.mock.world().groups()[0]?.members ?? [];
  return { answer, members: members.map(({ address }) => address) };
}

const untouched = ["alice", "bob"];
const line = (address: string): string => JSON.stringify({ address, permissions: all });

describe("a list", () => {
  test.each([
    ["NDJSON", "application/x-ndjson", `${line("carol")}\n{"address":"bob","remove":true}\n`],
    [
      "NDJSON with CRLF and a byte order mark",
      "application/x-ndjson",
      `\uFEFF${line("carol")}\r\n\r\n{"address":"bob","remove":true}`,
    ],
    ["CSV", "text/csv", `${columns},remove\ncarol,1,1,1,1,1,0\nbob,,,,,,1\n`],
    [
      "CSV of a spreadsheet",
      "text/csv; charset=utf-8",
      `\uFEFF${columns},remove\r\n"carol",TRUE,TRUE,TRUE,TRUE,TRUE,\r\n"bob",,,,,,TRUE\r\n\r\n`,
    ],
    [
      "JSON with a byte order mark",
      "application/json",
      `\uFEFF{"permissions":${JSON.stringify(all)},"items":[{"address":"carol"},{"address":"bob","remove":true}]}`,
    ],
  ])("as %s is read", async (_, type, body) => {
    const { answer, members } = await send(type, body);
    expect([answer.status, members]).toEqual([207, ["alice", "carol"]]);
  });

  test("without Accept for lines becomes an operation, where it is NDJSON or CSV", async () => {
    const headers = { "content-type": "text/csv" };
    const { ask } = gatewayOverMock();
    expect(
      (await ask(batches, { method: "POST", body: `${columns}\ncarol,1,1,1,1,1`, headers })).status,
    ).toBe(202);
  });
});

describe("is refused with the place of the fault, and nothing is sent:", () => {
  test.each([
    [
      "a comma in an address",
      "application/x-ndjson",
      `${line("carol")}\n${line("a,b")}`,
      "/line 2/address",
      "an address without a comma",
    ],
    [
      "a quoted comma in a CSV",
      "text/csv",
      `${columns}\n"a,b",1,1,1,1,1`,
      "/line 2/address",
      "an address without a comma",
    ],
    [
      "a bare comma in a CSV",
      "text/csv",
      `${columns}\na,b,1,1,1,1,1`,
      "/line 2",
      "has 7 cells where the first line has 6",
    ],
    [
      "a carriage return in an address",
      "application/x-ndjson",
      line("a\r"),
      "/line 1/address",
      "without control characters",
    ],
    [
      "a byte order mark in the middle",
      "text/csv",
      `${columns}\n\uFEFFcarol,1,1,1,1,1`,
      "/line 2/address",
      "without spaces around it",
    ],
    ["half a line", "application/x-ndjson", `${line("carol")}\n{"address":`, "/line 2", "is not JSON"],
    ["a line that is a list", "application/x-ndjson", "[]", "/line 1", "must be an object with an address"],
    [
      "a huge line",
      "application/x-ndjson",
      `{"address":"${"a".repeat(1_000_000)}"}`,
      "/line 1",
      "longer than 4096 characters",
    ],
    [
      "a huge record",
      "text/csv",
      `${columns}\n${"a".repeat(1_000_000)}`,
      "/line 2",
      "longer than 4096 characters",
    ],
    [
      "a quote that is never closed",
      "text/csv",
      `${columns}\n"carol,1,1,1,1,1\n`,
      "/line 2",
      "a quote that is never closed",
    ],
    [
      "a quote that goes on over the end of its line",
      "text/csv",
      `${columns}\ncarol,1,1,1,1,1\n"da\nve",1,1,1,1,1\n`,
      "/line 3",
      "a quote that is never closed on it",
    ],
    [
      "text beside a quote, far down",
      "text/csv",
      `${columns}\n${Array.from({ length: 300 }, (_, index) => `u${index},1,1,1,1,1\n`).join("")}"a"b,1,1,1,1,1\n`,
      "/line 302",
      "or text beside one",
    ],
    [
      "a carriage return within a line",
      "text/csv",
      `${columns}\n\n"a\rb",1,1,1,1,1`,
      "/line 3/address",
      "without control characters",
    ],
    [
      "a switch that is none",
      "text/csv",
      `${columns}\ncarol,1,1,yes,1,1`,
      "/line 2/permissions/publish",
      'must be true or false, not "yes"',
    ],
    [
      "an address twice",
      "application/x-ndjson",
      `${line("carol")}\n${line("carol")}`,
      "/line 2/address",
      "after line 1: give each address once",
    ],
    [
      "permissions and remove",
      "application/x-ndjson",
      `{"address":"a","remove":true,"permissions":${JSON.stringify(all)}}`,
      "/line 1/permissions",
      "left out where remove is true",
    ],
    ["neither", "application/json", '{"items":[{"address":"a"}]}', "/items/0/permissions", "is missing"],
    [
      "a field of somebody else",
      "application/json",
      '{"items":[{"address":"a","remove":true,"uid":1}]}',
      "/items/0/uid",
      "is no field of this request",
    ],
    [
      "__proto__",
      "application/json",
      '{"items":[{"address":"a","remove":true,"__proto__":{"x":1}}]}',
      "/items/0/__proto__",
      "is no field of this request",
    ],
    ["no items", "application/json", '{"items":[]}', "/items", "a list of 1 to 50000 members"],
    [
      "a million items",
      "application/json",
      `{"items":[${"0,".repeat(999_999)}0]}`,
      "/items",
      "at most 50000",
    ],
    [
      "a million lines",
      "text/csv",
      `${columns}\n${"a,1,1,1,1,1\n".repeat(1_000_000)}`,
      "/line 3/address",
      "give each address once",
    ],
  ])("%s", async (_, type, body, pointer, words) => {
    const { answer, members } = await send(type, body);
    const { status, errors = [] } = problemIn(answer);
    expect([status, errors[0]?.pointer, members]).toEqual([400, pointer, untouched]);
    expect(errors[0]?.detail).toContain(words);
    expect(answer.text.length).toBeLessThan(20_000);
  });

  test.each([
    ["an empty CSV", "text/csv", "\n\n", "The CSV is empty"],
    ["an unknown column", "text/csv", "address,role\n", 'the column "role"'],
    ["columns with half a quote", "text/csv", 'address,"send\n', "line 1 has a quote that is never closed"],
    ["a column that is missing", "text/csv", "address,send\n", "must name the columns"],
    ["no JSON", "application/json", "{", "The body is not JSON."],
  ])("%s", async (_, type, body, words) => {
    const { answer, members } = await send(type, body);
    expect(problemIn(answer)).toMatchObject({ status: 400, type: "/problems/malformed" });
    expect([problemIn(answer).detail, members]).toEqual([expect.stringContaining(words), untouched]);
  });

  test("one item more than 50,000, and a byte more than 16 MiB", async () => {
    const many = Array.from({ length: 50_001 }, (_, index) => `{"address":"u${index}","remove":true}`).join(
      "\n",
    );
    const { answer } = await send("application/x-ndjson", many);
    expect(problemIn(answer).errors?.[0]).toMatchObject({ code: "out_of_range", pointer: "/items" });
    const { answer: large } = await send("text/csv", "x".repeat(16 * 1024 * 1024 + 1));
    expect(problemIn(large)).toMatchObject({ status: 413, type: "/problems/too-large" });
  });

  test.each(["application/xml", "application/ndjson", ""])("the media type %j", async (type) => {
    const { answer } = await send(type, line("carol"));
    expect(problemIn(answer)).toMatchObject({ status: 415 });
  });
});
