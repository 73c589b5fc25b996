import { allPermissions, noPermissions, type Member } from "@mesibo-groups/core";
import { expect, test } from "vitest";
import type { Edit } from "../../src/bulk/edit.ts";
import { planEdits } from "../../src/bulk/plan.ts";
import { nothingKnown, type Present } from "../../src/bulk/present.ts";
import type { JobResult } from "../../src/bulk/result.ts";
import { undoJob } from "../../src/bulk/undo.ts";
import { puts } from "./support.ts";

const member = (address: string, permissions = noPermissions): Member => ({ address, permissions });
const all = (...members: readonly Member[]): Present => ({ members, complete: true });
const [put] = puts(["alice"], allPermissions);
const removal: Edit = { kind: "remove", line: 1, address: "alice" };

const job = (...edits: readonly (Edit | undefined)[]): JobResult => ({
  done: edits.filter((edit) => edit !== undefined),
  refused: [],
  unknown: [],
  notSent: [],
  calls: 1,
});
const nothing = { plan: planEdits([]), kept: [] };

test("who was new is removed", () => {
  expect(undoJob({ result: job(put), before: all() })).toEqual({ plan: planEdits([removal]), kept: [] });
});

test("who was changed or removed gets the earlier permissions", () => {
  const back = { ...put, kind: "put", permissions: noPermissions } as Edit;
  const before = all(member("alice"));
  expect(undoJob({ result: job(put), before })).toEqual({ plan: planEdits([back]), kept: [] });
  expect(undoJob({ result: job(removal), before })).toEqual({ plan: planEdits([back]), kept: [] });
});

test("what changed nothing needs no call", () => {
  expect(undoJob({ result: job(put), before: all(member("alice", allPermissions)) })).toEqual(nothing);
});

test("who was refused or not sent is left alone", () => {
  const [edit] = puts(["alice"]);
  if (edit === undefined) throw new Error("no edit");
  const failed = [{ edit, reason: "no" }];
  const result = { ...job(), refused: failed, notSent: failed };
  expect(undoJob({ result, before: all() })).toEqual(nothing);
});

test("an unknown outcome is taken back too, unless it is seen not to have happened", () => {
  const [edit] = puts(["alice"], allPermissions);
  if (edit === undefined) throw new Error("no edit");
  const result = { ...job(), unknown: [{ edit, reason: "no answer" }] };
  const taken = { plan: planEdits([removal]), kept: [] };
  expect(undoJob({ result, before: all() })).toEqual(taken);
  expect(undoJob({ result, before: all(), now: all(member("alice", allPermissions)) })).toEqual(taken);
  expect(undoJob({ result, before: all(), now: all() })).toEqual(nothing);
});

test("who was not known before cannot be undone, and is named", () => {
  expect(undoJob({ result: job(put), before: nothingKnown })).toEqual({
    plan: planEdits([]),
    kept: [{ edit: put, reason: "not known whether it was a member before, and with which permissions" }],
  });
});

test("what somebody changed since is left alone, and named", () => {
  const kept = [{ edit: put, reason: "changed by somebody since" }];
  const now = all(member("alice", { ...noPermissions, send: true }));
  expect(undoJob({ result: job(put), before: all(), now })).toEqual({ plan: planEdits([]), kept });
  expect(undoJob({ result: job(put), before: all(member("alice")), now: all() })).toEqual({
    plan: planEdits([]),
    kept,
  });
});

test("what somebody has undone already needs no call", () => {
  expect(undoJob({ result: job(put), before: all(), now: all() })).toEqual(nothing);
});
