import { describe, expect, test } from "vitest";
import { maskBody, maskQuery, maskUnreadable } from "../../src/journal/secrets.ts";

describe("what a secret's parameter holds is masked", () => {
  test.each([
    ["op=groupadd&token=t&name=x", "op=groupadd&token=[redacted]&name=x"],
    ["%74oken=t&a=1", "%74oken=[redacted]&a=1"],
    ["app_key=t&%E0%A4=1", "app_key=[redacted]&%E0%A4=1"],
  ])("in a query or a form: %s", (text, masked) => {
    expect([maskQuery(text), maskBody(text)]).toEqual([masked, masked]);
  });

  test.each([
    ['{"token":"t","name":"token"}', '{"token":"[redacted]","name":"token"}'],
    [
      '{"name":"a\\"token\\":\\"b","secret" : "s\\"t"}',
      '{"name":"a\\"token\\":\\"b","secret" : "[redacted]"}',
    ],
    [String.raw`{"tok\u0065n":"t"}`, String.raw`{"tok\u0065n":"[redacted]"}`],
    ['{"token":123,"key":true,"pass":null}', '{"token":"[redacted]","key":"[redacted]","pass":null}'],
    ['{"token":"","a":1}', '{"token":"","a":1}'],
    ['{"token":"cut in the mid', '{"token":"[redacted]"'],
    ['{"token":"cut\\', '{"token":"[redacted]"'],
    ['{"token', '{"token'],
    ['["token","t"]', '["token","t"]'],
  ])("in JSON, whole or cut: %s", (text, masked) => {
    expect(maskBody(text)).toBe(masked);
  });

  test("in a form of many parts, with the heads of its parts in any order", () => {
    const head = 'Content-Disposition: form-data; name="token"';
    const parts = ["--b", head, "Content-Type: text/plain", "", "t", "--b--", ""].join("\r\n");
    expect(maskBody(parts)).toBe(parts.replace("\r\nt\r\n", "\r\n[redacted]\r\n"));
    expect(maskBody(parts.replaceAll("token", "name"))).toBe(parts.replaceAll("token", "name"));
  });

  test.each([
    ["{'op':'groupadd','token':'t'}", "{'op':'groupadd','token':\"[redacted]\"}"],
    ["{app_token: t, op: x}", '{app_token: "[redacted]", op: x}'],
  ])("in what nobody can read: %s", (text, masked) => {
    expect(maskUnreadable(text)).toBe(masked);
  });
});

// With a pattern that tries again at each place, each of these would take longer than this file may.
test.each([
  ["names of parts", "name=tok".repeat(125_000)],
  ["heads of parts", 'name="tok"\n'.repeat(100_000)],
  ["a head that never ends", `name="tok"\n${"x\n".repeat(500_000)}`],
  ["one long word", "tok".repeat(333_000)],
  ["words and spaces", "tok   ".repeat(166_000)],
  ["quotes", '"'.repeat(1_000_000)],
  ["escaped quotes in JSON", `{${String.raw`\"`.repeat(500_000)}`],
  ["backslashes in JSON", `{"${"\\".repeat(999_999)}`],
  ["keys without a value", `{${'"token"'.repeat(140_000)}`],
  ["a key and spaces", `{${'"token" '.repeat(1_000)}${" ".repeat(900_000)}`],
  ["ampersands", "&".repeat(1_000_000)],
])("a million characters of %s are masked in no more than one pass", (_, text) => {
  expect(maskUnreadable(text).length).toBeGreaterThan(0);
  expect(maskQuery(text).length).toBeGreaterThan(0);
});
