import { parseRequest } from "@mesibo-groups/core";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { draftOf, readDraft } from "../src/call/draft.ts";

const header = /^\/\/ .*\n\/\/ .*\n/;

const shown = (text: string): unknown => JSON.parse(text.replace(header, ""));

test("a draft is what was asked for in its own spelling, without token and id, from any encoding", () => {
  const json = '{"op":"groupset","group":{"gid":5,"name":"News"},"id":7,"token":"$MESIBO_APP_TOKEN"}';
  expect(shown(draftOf({ body: json }))).toEqual({ op: "groupset", group: { gid: 5, name: "News" } });
  const form = "op=groupeditmembers&gid=5&m=a&m=b&token=$MESIBO_APP_TOKEN";
  expect(shown(draftOf({ body: form }))).toEqual({ op: "groupeditmembers", gid: "5", m: ["a", "b"] });
  expect(shown(draftOf({ query: "op=groupdel&token=[redacted]", body: "gid=5" }))).toEqual({
    op: "groupdel",
    gid: "5",
  });
  expect(shown(draftOf({ query: "op=groupdel", body: "{half" }))).toEqual({ op: "groupdel" });
});

test("a draft that nobody changes is read as what it is, whatever its texts hold", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", minLength: 1 }), (name) => {
      const body = JSON.stringify({ op: "groupadd", group: { name } });
      const draft = draftOf({ body });
      expect(draft).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      const parsed = parseRequest(body);
      if (parsed.ok)
        expect(readDraft(draft)).toEqual({
          kind: "call",
          call: { op: parsed.op, request: parsed.request, body: parsed.body },
        });
    }),
    { seed: 20_261_130 },
  );
});

test("what is wrong with a text names line and field, and quotes no value", () => {
  const faultsOf = (text: string): readonly string[] => {
    const read = readDraft(text);
    return read.kind === "faults" ? read.faults : [];
  };
  expect(faultsOf('{\n  "op": "groupset",\n  "gid" 5\n}')).toEqual(["line 3: this is not JSON"]);
  expect(faultsOf("[1]")).toEqual(["line 1: it must be one JSON object"]);
  expect(faultsOf('// a note\n{\n  "op": "groupmake"\n}')).toEqual([
    "line 3: op names no operation; did you mean groupadd?",
  ]);
  expect(
    faultsOf('{\n  "op": "groupset",\n  "group": {\n    "gid": "many",\n    "nmae": "x"\n  }\n}'),
  ).toEqual([
    "line 4: group.gid must be a whole number from 1 to 4294967295",
    "line 5: group.nmae is no parameter of mesibo's; did you mean name?",
  ]);
  expect(faultsOf('{ "op": "groupdel" }')).toEqual(["group.gid is missing"]);
});

test("a text with nothing but notes and blanks is empty", () => {
  expect(readDraft(" \n// dropped\n/* all */\n")).toEqual({ kind: "empty" });
});
