import {
  addressFault,
  allPermissions,
  noPermissions,
  permissionNames,
  type Member,
} from "@mesibo-groups/core";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Put } from "../../src/bulk/edit.ts";
import { readMembers } from "../../src/bulk/read.ts";
import { failuresCsv, membersCsv } from "../../src/bulk/report.ts";
import type { JobResult } from "../../src/bulk/result.ts";

const nothing: JobResult = { done: [], refused: [], unknown: [], notSent: [], calls: 0 };

const nasty = fc.constantFrom("=", "+", "-", "@", "'", '"', ";", "|", " ", "'=", "＝", "1", "a", "ü", "true");
const address = fc
  .oneof(
    fc.string({ unit: "grapheme", maxLength: 20 }),
    fc.array(nasty, { maxLength: 12 }).map((c) => c.join("")),
  )
  .filter((text) => addressFault(text) === undefined);
const permissions = fc.record({
  send: fc.boolean(),
  receive: fc.boolean(),
  publish: fc.boolean(),
  subscribe: fc.boolean(),
  list: fc.boolean(),
});
const members: fc.Arbitrary<readonly Member[]> = fc.array(fc.record({ address, permissions }), {
  maxLength: 20,
});

const put = (line: number, address: string): Put => ({
  kind: "put",
  line,
  address,
  permissions: noPermissions,
});

const readBack = (text: string): readonly Member[] =>
  readMembers(text).rows.map(({ address, permissions }) => ({
    address,
    permissions: { ...noPermissions, ...permissions },
  }));

test("exported members are read back as they were, whatever their addresses are", () => {
  fc.assert(
    fc.property(members, (given) => {
      const list = readMembers(membersCsv(given));
      expect(list).toMatchObject({ format: "csv", bad: [], ignored: [] });
      expect(readBack(membersCsv(given))).toEqual(given);
      expect(list.rows.every((row) => permissionNames.every((name) => name in row.permissions))).toBe(true);
    }),
  );
});

test("failures are read back as they were, whatever the reasons are", () => {
  const failed = fc.record({
    member: fc.record({ address, permissions }),
    reason: fc.string({ unit: "grapheme" }),
  });
  fc.assert(
    fc.property(fc.array(failed), fc.array(failed), (refused, unknown) => {
      const edit = ({ member, reason }: (typeof refused)[number], line: number) => ({
        edit: { kind: "put", line, ...member } as const,
        reason,
      });
      const text = failuresCsv({
        ...nothing,
        refused: refused.map((one, index) => edit(one, index)),
        unknown: unknown.map((one, index) => edit(one, refused.length + index)),
      });
      expect(readBack(text)).toEqual([...refused, ...unknown].map(({ member }) => member));
    }),
  );
});

test("no cell of an export begins as a formula, and what other countries split at is in quotes", () => {
  fc.assert(
    fc.property(members, (given) => {
      const text = membersCsv(given);
      const cells: readonly (readonly string[])[] = parse(text);
      expect(cells.flat().filter((cell) => /^[=+\-@＝＋－＠\t\r]/.test(cell))).toEqual([]);
      expect(text.replaceAll(/"(?:[^"]|"")*"/g, "")).not.toMatch(/[;\t|]/);
    }),
  );
});

describe("the failure file", () => {
  test("tells outcomes apart, in the order of the lines", () => {
    const result: JobResult = {
      ...nothing,
      done: [put(1, "fine")],
      refused: [{ edit: put(9, "+14155550100"), reason: "You can only add valid users (BADUSER)." }],
      unknown: [{ edit: { ...put(4, "bob"), permissions: allPermissions }, reason: "sent, no answer" }],
      notSent: [{ edit: put(7, "a;b"), reason: "-1" }],
    };
    expect(failuresCsv(result)).toBe(`address,send,receive,publish,subscribe,list,line,outcome,reason
bob,true,true,true,true,true,4,unknown,"sent, no answer"
"a;b",false,false,false,false,false,7,not_sent,'-1
'+14155550100,false,false,false,false,false,9,refused,You can only add valid users (BADUSER).
`);
  });

  test("never has a removal read as an addition", () => {
    const removal = { kind: "remove", line: undefined, address: "bob" } as const;
    const text = failuresCsv({
      ...nothing,
      refused: [
        { edit: removal, reason: "no" },
        { edit: put(2, "alice"), reason: "no" },
      ],
    });
    expect(text).toBe(`address,send,receive,publish,subscribe,list,change,line,outcome,reason
alice,false,false,false,false,false,put,2,refused,no
bob,,,,,,remove,,refused,no
`);
    expect(readMembers(text)).toMatchObject({
      rows: [{ address: "alice" }],
      bad: [{ line: 3, text: "bob", reason: "is a removal, and a list only adds" }],
    });
  });
});
