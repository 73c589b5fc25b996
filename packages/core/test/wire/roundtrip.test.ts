import fc from "fast-check";
import { describe, expect, expectTypeOf, it } from "vitest";
import * as z from "zod/mini";
import type { MembersResult, OpName, Requests, Results, UserResult } from "../../src/index.ts";
import { operations } from "../../src/wire/operations/index.ts";
import {
  collect,
  decodeAnswer,
  decodeRequest,
  encodeAnswer,
  encodeRequest,
  families,
  type Dialect,
  type Generation,
} from "../../src/wire/index.ts";
import { requests, results, uint32 } from "../support/arbitraries.ts";

const opNames = Object.keys(families).filter((op): op is OpName => op in operations);

const withoutAddress = ({ user: { uid, appid, token } }: UserResult): unknown => ({
  user: { uid, appid, token },
});

/** What v1 leaves out of an answer by design: the address of a user, and all of a member list but its rows. */
const inV1: Partial<Record<OpName, (result: never) => unknown>> = {
  useradd: withoutAddress,
  usertoken: withoutAddress,
  groupgetmembers: ({ members }: MembersResult) => ({
    members: members.map(({ address, permissions }) => ({ address, permissions })),
  }),
};

const told = (op: OpName, generation: Generation, result: unknown): unknown =>
  generation === "v1" ? (inV1[op]?.(result as never) ?? result) : result;

describe.each(opNames)("%s", (op) => {
  checkRequests(op, requests[op]);
  checkResults(op, results[op]);
});

function checkRequests<O extends OpName>(op: O, arbitrary: fc.Arbitrary<Requests[O]>): void {
  it("decodes every request that its codec encodes", () => {
    const { request: codec } = operations[op];
    fc.assert(
      fc.property(arbitrary, (request) => {
        expect(z.decode(codec, z.encode(codec, request))).toEqual(request);
      }),
    );
  });

  it.each<Dialect>(["form", "json"])("is written as %s and read back the same", (dialect) => {
    fc.assert(
      fc.property(arbitrary, (request) => {
        const { contentType, body } = encodeRequest({ op, request, dialect, token: "T" });
        const collected = collect({ query: "", contentType, body });
        expect(collected).toMatchObject({ op, token: "T", id: undefined, malformed: [], unreadable: false });
        expect(decodeRequest(op, collected)).toEqual({ ok: true, request });
      }),
    );
  });

  it("is read the same from a query and from a form with the content type missing", () => {
    fc.assert(
      fc.property(arbitrary, (request) => {
        const { body } = encodeRequest({ op, request, dialect: "form", token: "T" });
        for (const raw of [
          { query: body, contentType: "", body: "" },
          { query: "", contentType: "", body },
        ]) {
          expect(decodeRequest(op, collect(raw))).toEqual({ ok: true, request });
        }
      }),
      { numRuns: 30 },
    );
  });
}

function checkResults<O extends OpName>(op: O, arbitrary: fc.Arbitrary<Results[O]>): void {
  it.each<Generation>(["v1", "v2"])("answers in %s what is read back", (generation) => {
    const app = { token: "T", users: 3, groups: 1, now: 1_600_000_000 };
    fc.assert(
      fc.property(arbitrary, fc.option(uint32, { nil: undefined }), (result, id) => {
        const answer = encodeAnswer({ generation, op, result, id, app });
        const expected = told(op, generation, result);
        expect(decodeAnswer(op, JSON.stringify(answer))).toEqual({ kind: "done", result: expected });
        expect(answer).toMatchObject({ op, result: true, ...(id === undefined ? {} : { id }) });
      }),
    );
  });
}

describe("types", () => {
  type Decoded = { [O in OpName]: z.output<(typeof operations)[O]["request"]> };
  type Answered = { [O in OpName]: z.output<(typeof operations)[O]["result"]> };

  it("of the codecs are those of the domain", () => {
    expectTypeOf<Decoded>().toEqualTypeOf<Requests>();
    expectTypeOf<Answered>().toEqualTypeOf<Results>();
    expectTypeOf<keyof typeof operations>().toEqualTypeOf<OpName>();
    expect(Object.keys(operations).toSorted()).toEqual(opNames.toSorted());
  });
});
