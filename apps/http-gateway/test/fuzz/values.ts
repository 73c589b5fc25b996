import fc, { type Arbitrary } from "fast-check";
import { KEY_ID, RUNNING_ID, UNKNOWN_ID } from "../support/calls.ts";
import { resolve, type Document, type Schema } from "./document.ts";

/** Texts that have broken something, somewhere. */
const corpus = [
  "' OR 1=1 --",
  '"; drop table groups; --',
  "a,b",
  "a&op=groupdel",
  "%00",
  "%2e%2e%2f",
  "../../etc/passwd",
  "${jndi:ldap://x}",
  "{{7*7}}",
  "<script>alert(1)</script>",
  "=cmd|' /C calc'!A0",
  "\r\nSet-Cookie: a=b",
  "\u0000",
  "\u001b[2J",
  "\u202etxt",
  "\ud83d\ude00",
  "e\u0301",
  "\ufeff",
  "__proto__",
  "constructor",
  "NaN",
  "1e309",
  "0x91",
  "[object Object]",
  "null",
  "%",
  "*",
  "\\",
  "x".repeat(300),
];

/** Numbers at the edges of what machines count with. */
const edges = [-1, 0, 1, 100, 101, 255, 1000, 1001, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 53];

/** Values of the groups and users that every run begins with, for fields of these names. */
const known: Readonly<Record<string, readonly unknown[]>> = {
  gid: [102529, 102530, 102531, 99],
  gids: [[102529], [102530, 99], [102529, 102530]],
  address: ["alice", "bob", "carol", "dave/ops", "nobody"],
  addresses: [["alice"], ["bob", "nobody"], ["carol", "dave/ops"]],
  id: [UNKNOWN_ID, RUNNING_ID, KEY_ID],
  "if-match": ['"1"', '"2"'],
  "if-none-match": ['"1"', '"2"'],
  flag: [0, 17, 145],
  other: [0, 0x100],
  base: ["normal", "restricted", "0x91"],
  value: ["normal", "0x91", "1|0x10"],
  types: ["group.*", "member.set,operation.*"],
  sender: ["alice", "bob", "nobody"],
};

const anyText = fc.oneof(
  fc.constantFrom(...corpus),
  fc.string({ unit: "grapheme", maxLength: 20 }),
  fc.string({ unit: "binary", maxLength: 8 }).map((text) => text.toWellFormed()),
);

const anyValue = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(...corpus),
  fc.constantFrom(...edges, 1.5, -1e308),
  fc.constantFrom(null, [], {}, "", true),
);

function text({ minLength = 0, maxLength = 40, format, pattern }: Schema): Arbitrary<unknown> {
  if (format === "date-time") return fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern));
  const fits = (value: string): boolean => {
    const length = Array.from(value).length;
    return length >= minLength && length <= maxLength;
  };
  return anyText.filter(fits);
}

function whole({ minimum = -(2 ** 53), maximum = 2 ** 53 }: Schema): Arbitrary<unknown> {
  const near = edges.filter((edge) => edge >= minimum && edge <= maximum);
  const some = fc.integer({ min: Math.max(minimum, -1000), max: Math.min(maximum, 2 ** 31 - 1) });
  return near.length === 0 ? some : fc.oneof(some, fc.constantFrom(...near));
}

function objectOf(document: Document, schema: Schema): Arbitrary<unknown> {
  const { properties = {}, required = [] } = schema;
  const fields = Object.entries(properties).map(([name, field]): [string, Arbitrary<unknown>] => {
    const made = valid(document, field);
    const usual = known[name];
    return [
      name,
      usual === undefined ? made : fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...usual) }, made),
    ];
  });
  const requiredKeys = required.filter((name) => Object.hasOwn(properties, name));
  return fc.record(Object.fromEntries(fields), { requiredKeys });
}

/** Values that a schema takes, most of the time: whether one is taken is for a validator to say. */
export function valid(document: Document, given: Schema): Arbitrary<unknown> {
  const schema = resolve(document, given);
  const {
    type,
    enum: values,
    const: only,
    anyOf,
    oneOf,
    allOf,
    items = {},
    minItems = 0,
    maxItems = 6,
  } = schema;
  if (only !== undefined) return fc.constant(only);
  if (values !== undefined) return fc.constantFrom(...values);
  const choices = anyOf ?? oneOf;
  if (choices !== undefined) return fc.oneof(...choices.map((choice) => valid(document, choice)));
  if (allOf !== undefined) {
    return fc
      .tuple(...allOf.map((part) => valid(document, part)))
      .map((parts) => Object.assign({}, ...parts) as unknown);
  }
  const types = typeof type === "string" ? [type] : (type ?? ["any"]);
  return fc.oneof(
    ...types.map((one): Arbitrary<unknown> => {
      if (one === "string") return text(schema);
      if (one === "integer" || one === "number") return whole(schema);
      if (one === "boolean") return fc.boolean();
      if (one === "null") return fc.constant(null);
      if (one === "array") {
        const maxLength = Math.max(minItems, Math.min(maxItems, 6));
        return fc.array(valid(document, items), { minLength: minItems, maxLength });
      }
      return one === "object" ? objectOf(document, schema) : anyValue;
    }),
  );
}

/** Changes one thing in a value: takes a field away, adds one, or puts something else in a place. */
function spoil(
  value: unknown,
  { path, other }: { readonly path: readonly number[]; readonly other: unknown },
): unknown {
  if (typeof value !== "object" || value === null || path.length === 0) return other;
  const [first = 0, ...rest] = path;
  const keys = Object.keys(value);
  const way = first % (keys.length + 2);
  if (way === keys.length) return Array.isArray(value) ? [...value, other] : { ...value, unexpected: other };
  if (way > keys.length)
    return Array.isArray(value) ? value.slice(1) : Object.fromEntries(Object.entries(value).slice(1));
  const key = keys[way] ?? "";
  const inside = spoil(Reflect.get(value, key), { path: rest, other });
  return Array.isArray(value)
    ? value.map((item: unknown, index) => (String(index) === key ? inside : item))
    : { ...value, [key]: inside };
}

/** Values that a schema nearly takes. */
export const nearlyValid = (document: Document, schema: Schema): Arbitrary<unknown> =>
  fc
    .tuple(valid(document, schema), fc.array(fc.nat(20), { minLength: 1, maxLength: 4 }), anyValue)
    .map(([value, path, other]) => spoil(value, { path, other }));

/** Texts for paths, queries and headers: those that a schema takes, and others. */
export const parameterText = (
  document: Document,
  { name, schema }: { readonly name: string; readonly schema: Schema },
) =>
  fc.oneof(
    { weight: 3, arbitrary: valid(document, schema).map(String) },
    { weight: 3, arbitrary: fc.constantFrom(...(known[name] ?? [""])).map(String) },
    { weight: 1, arbitrary: anyText },
    { weight: 1, arbitrary: fc.constantFrom(...edges).map(String) },
  );
