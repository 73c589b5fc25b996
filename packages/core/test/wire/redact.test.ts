import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { createRedactor, encodeRequest, MASK, redactMembers } from "../../src/wire/index.ts";

const visible = fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code));
const token = fc.string({ unit: visible, minLength: 8, maxLength: 64 });
const hex = (char: string): string => char.charCodeAt(0).toString(16);
const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** What may stand in a text for one character of a token. */
const spellings: readonly ((char: string) => string)[] = [
  (char) => char,
  (char) => `%${hex(char)}`,
  (char) => `%${hex(char).toUpperCase()}`,
  (char) => `\\u00${hex(char)}`,
  (char) => `\\u00${hex(char).toUpperCase()}`,
  (char) => JSON.stringify(char).slice(1, -1),
  (char) => (char === "/" ? "\\/" : char),
  (char) => `&#${char.charCodeAt(0)};`,
  (char) => `&#x${hex(char)};`,
  (char) => entities[char] ?? char,
];

describe("the app token is found", () => {
  it("in every spelling, each character in its own", () => {
    const spelled = token.chain((secret) =>
      fc
        .array(fc.constantFrom(...spellings), { minLength: secret.length, maxLength: secret.length })
        .map((ways) => ({
          secret,
          written: ways.map((spell, at) => spell(secret.charAt(at))).join(""),
        })),
    );
    fc.assert(
      fc.property(spelled, ({ secret, written }) => {
        expect(createRedactor(secret)(`~ ${written} ~`)).toBe(`~ ${MASK} ~`);
      }),
    );
  });

  it("in a request of either dialect", () => {
    const name = fc.string({ minLength: 1 });
    fc.assert(
      fc.property(token, name, fc.constantFrom("form", "json"), (secret, group, dialect) => {
        fc.pre(!group.includes(secret));
        const { body } = encodeRequest({ op: "groupadd", request: { name: group }, dialect, token: secret });
        const before = dialect === "form" ? "&token=" : ',"token":"';
        const after = dialect === "form" ? "" : '"}';
        const rest = body.slice(0, body.lastIndexOf(before));
        expect(createRedactor(secret)(body)).toBe(`${createRedactor(secret)(rest)}${before}${MASK}${after}`);
      }),
    );
  });

  it("each time that it comes", () => {
    expect(createRedactor("app-token")("app-token, app%2dtoken and app-toke")).toBe(
      `${MASK}, ${MASK} and app-toke`,
    );
  });
});

test("a token of fewer than 8 characters is no secret: it would be found in every other text", () => {
  expect(createRedactor("T")('{"error":"AUTHFAIL","token":"T"}')).toBe(
    `{"error":"AUTHFAIL","token":"${MASK}"}`,
  );
  expect(createRedactor("1234567")("1234567")).toBe("1234567");
  expect(createRedactor("12345678")("12345678")).toBe(MASK);
});

test.each([
  ["a user token", '{"user":{"uid":1,"token":"u"}}', `{"user":{"uid":1,"token":"${MASK}"}}`],
  ["the app's secrets", '{"secret":"s","fcm_key" : "k"}', `{"secret":"${MASK}","fcm_key" : "${MASK}"}`],
  ["an empty one", '{"token":""}', `{"token":"${MASK}"}`],
  [
    "one with quotes in it",
    String.raw`{"token":"a\"b\\","uid":1}`,
    String.raw`{"token":"[redacted]","uid":1}`,
  ],
  ["one that is cut", '{"token":"half', `{"token":"${MASK}"`],
  ["one that is cut in an escape", '{"token":"half\\', `{"token":"${MASK}"`],
])("%s is masked in an answer", (_, text, masked) => {
  expect(redactMembers(text)).toBe(masked);
});

test("an answer without secrets stays as it is", () => {
  const text = '{"tokens":"a","name":"token","uid":5,"token":7}';
  expect(redactMembers(text)).toBe(text);
});
