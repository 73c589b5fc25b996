import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  collect,
  decodeAnswer,
  decodeRequest,
  encodeRefusal,
  families,
  findOp,
  type RawRequest,
} from "../../src/wire/index.ts";

const ops = Object.keys(families).flatMap((name) => findOp(name) ?? []);

const query = (text: string): RawRequest => ({ query: text, contentType: "", body: "" });
const json = (body: unknown): RawRequest => ({
  query: "",
  contentType: "application/json",
  body: JSON.stringify(body),
});

describe("a request from several places", () => {
  it("is merged, the body winning over the query", () => {
    const raw = {
      query: "op=groupdel&token=Q&gid=1&name=q",
      contentType: "application/json",
      body: '{"token":"J","gid":2}',
    };
    expect(collect(raw)).toEqual({
      op: "groupdel",
      token: "J",
      id: undefined,
      params: { gid: "2", name: "q" },
      malformed: [],
      unreadable: false,
    });
    expect(collect({ ...raw, contentType: "", body: "token=F&gid=3" })).toMatchObject({
      token: "F",
      params: { gid: "3", name: "q" },
    });
  });

  it.each([
    ['{"group":{"gid":1},"gid":2}', "1"],
    ['{"gid":2,"group":{"gid":1}}', "1"],
    ['{"group":{"gid":null},"gid":2}', "2"],
    ['{"group":{"gid":""},"gid":2}', "2"],
  ])("nested JSON wins over flat JSON, whatever the order: %s", (body, gid) => {
    expect(collect({ query: "", contentType: "application/json", body }).params).toEqual({ gid });
  });

  it("a repeated list is one list, and of any other parameter the last one counts", () => {
    expect(collect(query("m=a&m=b,c&m[]=d&m%5B%5D=e&gid=1&gid=2&op=x&op=y")).params).toEqual({
      m: "a,b,c,d,e",
      gid: "2",
    });
    expect(collect(query("op=x&op=y&token=a&token=b"))).toMatchObject({ op: "y", token: "b" });
  });

  it("an empty value is none", () => {
    expect(collect(query("gid=&name=&m=&flag=0")).params).toEqual({ flag: "0" });
    expect(collect(query("name=x&name=")).params).toEqual({ name: "x" });
  });
});

describe("a JSON body", () => {
  it.each([
    ["text", "x", "x"],
    ["a number", 5, "5"],
    ["true", true, "1"],
    ["false", false, "0"],
  ])("gives %s as text", (_, value, text) => {
    expect(collect(json({ name: value })).params).toEqual({ name: text });
  });

  it("gives an array of texts and numbers as a list", () => {
    expect(collect(json({ group: { members: { m: ["a", 5, "b,c"] } } })).params).toEqual({ m: "a,5,b,c" });
    expect(collect(json({ to: [] })).params).toEqual({});
  });

  it("has no op where op is no single value", () => {
    for (const op of [["groupadd"], { a: 1 }, null]) {
      expect(collect(json({ op, token: 5 }))).toMatchObject({ op: "", token: "5" });
    }
  });

  it.each(["", "application/json", "text/plain", "application/x-www-form-urlencoded"])(
    "is recognised by its first character with the content type %s",
    (contentType) => {
      expect(collect({ query: "", contentType, body: ' \n{"op":"groupdel"}' })).toMatchObject({
        op: "groupdel",
        unreadable: false,
      });
    },
  );

  it.each([
    ["application/json", "op=groupdel"],
    ["application/JSON; charset=utf-8", "op=groupdel"],
    ["application/problem+json", '"text"'],
    ["", "{"],
    ["", "[1]"],
    ["application/json", "null"],
    ["application/json", "17"],
    ["application/json", " "],
  ])("with the content type %j that is no JSON object is unreadable: %s", (contentType, body) => {
    expect(collect({ query: "gid=5&token=T", contentType, body })).toEqual({
      op: "",
      token: "T",
      id: undefined,
      params: { gid: "5" },
      malformed: [],
      unreadable: true,
    });
  });
});

describe("the caller's id", () => {
  it.each([
    ["0", 0],
    ["17", 17],
    ["999999999999999", 999_999_999_999_999],
    ["9999999999999999", undefined],
    ["-1", undefined],
    ["1.5", undefined],
    ["x1", undefined],
    ["1x", undefined],
    ["", undefined],
  ])("%s is echoed as %s", (text, id) => {
    expect(collect(query(`id=${text}`)).id).toBe(id);
  });

  it("may be a number in JSON", () => {
    expect(collect(json({ id: 17 })).id).toBe(17);
  });
});

describe("an op", () => {
  it.each(["", "GROUPADD", "groupget", "deluser", "deltoken", "__proto__", "constructor", "toString"])(
    "%o is none of mesibo's",
    (op) => {
      expect(findOp(op)).toBeUndefined();
    },
  );

  it("getmembers is groupgetmembers", () => {
    expect([findOp("getmembers"), findOp("groupgetmembers")]).toEqual(["groupgetmembers", "groupgetmembers"]);
  });
});

describe("no input whatsoever makes reading throw", () => {
  const names = fc.constantFrom(
    ..."op token id gid m m[] group user message name flag flags permissions members expiry addr to from".split(
      " ",
    ),
    "__proto__",
    "constructor",
    "hasOwnProperty",
    "toString",
    "group.gid",
    "members.m",
  );
  const strange = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom("%", "%zz", "%c3", "\ud800", "\udfff%", "-1", "1e999", "0x", "\0", "&&==", "a=b=c"),
    fc.constantFrom(...ops),
  );
  const { body: object } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      fc.jsonValue(),
      strange,
      fc.double(),
      fc.array(tie("value"), { maxLength: 3 }),
      tie("body"),
    ),
    body: fc.array(fc.tuple(names, tie("value")), { maxLength: 6 }).map((entries) => {
      const members = entries.map(
        ([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value) ?? "0"}`,
      );
      return new Text(`{${members.join(",")}}`);
    }),
  }));
  /** JSON text inside a value; written out as it is, so that duplicate keys and `__proto__` stay. */
  class Text {
    readonly text: string;
    constructor(text: string) {
      this.text = text;
    }
    toJSON(): unknown {
      return JSON.parse(this.text);
    }
  }
  const form = fc
    .array(fc.tuple(fc.oneof(names, strange), strange), { maxLength: 8 })
    .map((pairs) => pairs.map(([name, value]) => `${name}=${value}`).join("&"));
  const body = fc.oneof(
    form,
    strange,
    object.map((value) => (value instanceof Text ? value.text : "")),
    fc.json(),
  );
  const contentType = fc.oneof(
    fc.constantFrom("", "application/json", "application/x-www-form-urlencoded", "multipart/form-data"),
    strange,
  );

  /** Reads the request as every operation; gives the faults that do not fit what was collected. */
  function misfits(raw: RawRequest): readonly unknown[] {
    const collected = collect(raw);
    return ops.flatMap((op): unknown[] => {
      const decoded = decodeRequest(op, collected);
      if (decoded.ok) return [];
      const wrong = decoded.faults.filter(({ name, reason, expected }) => {
        const given = name in collected.params || collected.malformed.includes(name);
        return given !== (reason === "malformed") || given !== (expected !== undefined);
      });
      return decoded.faults.length === 0 ? [`${op} has no fault`] : wrong;
    });
  }

  const prototype = JSON.stringify(Object.getOwnPropertyNames(Object.prototype));

  it("neither query nor form nor JSON", () => {
    fc.assert(
      fc.property(fc.record({ query: fc.oneof(form, strange), contentType, body }), (raw) => {
        expect(misfits(raw)).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  const deep = (open: string, close: string): string => open.repeat(10_000) + close.repeat(10_000);

  it.each([
    ["objects 10,000 levels deep", deep('{"group":', "}").replace("}", "1}")],
    [
      "known objects 10,000 levels deep",
      `{"group":{"members":${deep('{"members":', "}").replace("}", "1}")}}}`,
    ],
    ["arrays 10,000 levels deep", `{"m":${deep("[", "]")}}`],
    ["an array that is never closed", "[".repeat(100_000)],
    ["an array of 200,000 numbers", `{"m":[${"1,".repeat(199_999)}1]}`],
    ["100,000 keys", `{${Array.from({ length: 100_000 }, (_, key) => `"k${key}":1`).join(",")}}`],
    ["the same key 100,000 times", `{${'"gid":1,'.repeat(99_999)}"gid":2}`],
    ["half a surrogate pair", '{"op":"groupadd","group":{"name":"\\ud800"}}'],
    ["a key __proto__", '{"__proto__":{"gid":5},"group":{"__proto__":{"gid":5},"constructor":{"name":"x"}}}'],
    ["a form of 100,000 items", "m=a&".repeat(100_000)],
    ["200,000 commas", `m=${",".repeat(200_000)}&gid=1`],
  ])("%s", (_, text) => {
    expect(misfits({ query: "", contentType: "", body: text })).toEqual([]);
    expect(JSON.stringify(Object.getOwnPropertyNames(Object.prototype))).toBe(prototype);
  });

  it("takes no parameter from the prototype of an object", () => {
    expect(collect(json(JSON.parse('{"__proto__":{"gid":5}}'))).params).toEqual({});
  });

  it("and no text makes reading an answer throw", () => {
    const answers = fc.oneof(
      strange,
      fc.json(),
      fc
        .record(
          {
            result: fc.oneof(fc.boolean(), fc.jsonValue()),
            group: fc.jsonValue(),
            users: fc.jsonValue(),
            members: fc.jsonValue(),
            error: fc.jsonValue(),
            code: fc.jsonValue(),
            properties: fc.jsonValue(),
            user: fc.jsonValue(),
          },
          { requiredKeys: ["result"] },
        )
        .map((answer) => JSON.stringify(answer)),
    );
    fc.assert(
      fc.property(fc.constantFrom(...ops), answers, (op, text) => {
        expect(["done", "refused", "unreadable"]).toContain(decodeAnswer(op, text).kind);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("a refusal", () => {
  it("is written with mesibo's six fields and the caller's id, and read back", () => {
    const refusal = { error: "AUTHFAIL", code: 401, cause: "c", properties: ["token"] };
    const written = encodeRefusal({ op: "groupdel", refusal, id: 7 });
    expect(Object.entries(written)).toEqual([
      ["error", "AUTHFAIL"],
      ["code", 401],
      ["cause", "c"],
      ["properties", ["token"]],
      ["op", "groupdel"],
      ["id", 7],
      ["result", false],
    ]);
    expect(decodeAnswer("groupdel", JSON.stringify(written))).toEqual({ kind: "refused", refusal });
  });
});

it("a JSON number beyond all numbers is malformed, not the text Infinity", () => {
  const body = '{"op":"groupadd","token":"t","group":{"name":1e400}}';
  const { malformed, params } = collect({ query: "", contentType: "application/json", body });
  expect({ malformed, params }).toEqual({ malformed: ["name"], params: {} });
});
