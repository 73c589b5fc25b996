import fc from "fast-check";
import { expect, test } from "vitest";
import { hasTwins } from "../../src/client/twins.ts";

test.each([
  ['{"result":true,"result":false}'],
  ['{"a":1,"b":{"c":[{"d":1,"d":2}]}}'],
  ['{"a":{"b":1},"a":2}'],
  ['{"a":[{},{}],"b":"}","a":1}'],
  [String.raw`{"result":true,"res\u0075lt":false}`],
  [String.raw`{"\"":1 , "\u0022" :2}`],
  ['{"__proto__":1,"__proto__":2}'],
])("a key twice in one object: %s", (json) => {
  expect(hasTwins(json)).toBe(true);
});

test.each([
  ['{"a":1,"b":{"a":1},"c":[{"a":1},{"a":1}]}'],
  ['{"a":"a","b":"a"}'],
  [String.raw`{"a":"\"a\":1","b":"{\"a\":1,\"a\":1}"}`],
  ['{"a":"}","b":"{"}'],
  ["[]"],
])("no key twice in one object: %s", (json) => {
  expect(hasTwins(json)).toBe(false);
});

test("what JSON.stringify writes has no key twice", () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 4 }), (json) => {
      expect(hasTwins(JSON.stringify(JSON.parse(json)))).toBe(false);
    }),
  );
});

test("a key that is written again is found, wherever and however it stands", () => {
  const key = fc.string({ unit: "binary", maxLength: 8 });
  fc.assert(
    fc.property(key, fc.json({ maxDepth: 3 }), fc.array(fc.json({ maxDepth: 2 })), (name, value, before) => {
      const escaped = Array.from(
        { length: name.length },
        (_, at) => `\\u${name.charCodeAt(at).toString(16).padStart(4, "0")}`,
      ).join("");
      const object = `{${JSON.stringify(name)}:${value},"${escaped}":0}`;
      expect(hasTwins(`{"a":[${[...before, object].join(",")}]}`)).toBe(true);
    }),
  );
});
