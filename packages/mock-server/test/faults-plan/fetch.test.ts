import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createMock, startMock, type FaultRule, type Mock, type RunningMock } from "../../src/index.ts";

const answer = '{"group":{"gid":102529},"op":"groupadd","result":true}';
const json = { status: 200, type: "application/json", length: "54" };
const page = (title: string): string =>
  `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`;

const cases: readonly { readonly rule: FaultRule; readonly seen: unknown }[] = [
  {
    rule: { effect: "refuse", error: "AUTHFAIL", code: 401 },
    seen: {
      ...json,
      length: "132",
      text: '{"error":"AUTHFAIL","code":401,"cause":"The app token is invalid or expired.","properties":["token"],"op":"groupadd","result":false}',
    },
  },
  {
    // mesibo: the old URL answers 502 today (TH, April 2026).
    rule: { effect: "status", status: 502 },
    seen: { status: 502, type: "text/html", length: "86", text: page("502") },
  },
  {
    rule: { effect: "status", status: 503, body: '{"busy":true}' },
    seen: { status: 503, type: "application/json", length: "13", text: '{"busy":true}' },
  },
  { rule: { effect: "html" }, seen: { ...json, type: "text/html", length: "94", text: page("Welcome") } },
  { rule: { effect: "drip", bytes: 7, every_ms: 1 }, seen: { ...json, text: answer } },
  {
    rule: { effect: "huge", bytes: 80 },
    seen: { ...json, length: "80", text: `{"padding":"${"x".repeat(13)}",${answer.slice(1)}` },
  },
  // What is large enough as it is stays a whole answer.
  {
    rule: { effect: "huge", bytes: 1 },
    seen: { ...json, length: "67", text: `{"padding":"",${answer.slice(1)}` },
  },
  { rule: { effect: "truncate" }, seen: { ...json, failed: "TypeError: terminated" } },
  { rule: { effect: "truncate", bytes: 0 }, seen: { ...json, failed: "TypeError: terminated" } },
  // However much is to be kept, a cut answer lacks something.
  { rule: { effect: "truncate", bytes: 1_000 }, seen: { ...json, failed: "TypeError: terminated" } },
  {
    rule: { effect: "close", when: "before" },
    seen: { failed: "TypeError: fetch failed", code: "ECONNRESET" },
  },
  {
    rule: { effect: "close", when: "after" },
    seen: { failed: "TypeError: fetch failed", code: "ECONNRESET" },
  },
];

/** What a caller of `fetch` sees of an answer, or of its want. */
async function see(mock: Mock): Promise<unknown> {
  try {
    const response = await mock.fetch(`${mock.url}?op=groupadd&token=${mock.token}&name=x`, {});
    const { status, headers } = response;
    const head = { status, type: headers.get("content-type"), length: headers.get("content-length") };
    return await response.text().then(
      (text) => ({ ...head, text }),
      (error: unknown) => ({ ...head, failed: String(error) }),
    );
  } catch (error) {
    return {
      failed: String(error),
      code: error instanceof Error && Reflect.get(Object(error.cause), "code"),
    };
  }
}

let served: RunningMock;
beforeAll(async () => {
  served = await startMock();
});
afterAll(() => served.close());

describe.each([
  ["in process", (): Mock => createMock()],
  ["over a socket", (): Mock => served],
])("what fetch sees %s", (_, mockOf) => {
  test.each(cases)("$rule", async ({ rule, seen }) => {
    const mock = mockOf();
    mock.world().reset();
    mock.world().faults.set({ rules: [rule] });
    expect(await see(mock)).toEqual(seen);
  });

  test("the call after a closed connection is answered", async () => {
    const mock = mockOf();
    mock.world().reset();
    mock.world().faults.set({ rules: [{ effect: "close", when: "before", count: 1 }] });
    await see(mock);
    expect(await see(mock)).toMatchObject({ status: 200, text: answer });
  });
});
