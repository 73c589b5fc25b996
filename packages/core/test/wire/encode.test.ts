import { describe, expect, it } from "vitest";
import { decodeFlags, type OpName, type Requests } from "../../src/index.ts";
import { encodeRequest, tryEncode, type Dialect } from "../../src/wire/encode.ts";

const body = <O extends OpName>(op: O, request: Requests[O], dialect: Dialect): string =>
  encodeRequest({ op, request, dialect, token: "T" }).body;

const group = {
  name: "G 1",
  flags: decodeFlags(17),
  expiry: 60,
  active: true,
  members: ["+1", "b"],
  permissions: { send: true, list: false },
};

describe("the flat dialect", () => {
  it("writes mesibo's v1 names, op first and the token last", () => {
    expect(body("groupadd", group, "form")).toBe(
      "op=groupadd&name=G+1&flag=17&expiry=60&active=1&m=%2B1%2Cb&cs=1&canlist=0&token=T",
    );
  });

  it("says of every setting that a change leaves out that it stays", () => {
    expect(body("groupset", { gid: 5, pinned: true }, "form")).toBe(
      "op=groupset&name=&flag=-1&expiry=-1&expiryext=-1&active=-1&pinned=1&sflags=-1&gid=5&token=T",
    );
    expect(body("userset", { uid: 5, active: false }, "form")).toBe(
      "op=userset&name=&flag=-1&active=0&pinned=-1&uid=5&token=T",
    );
  });

  it("writes nothing for a field that is undefined", () => {
    expect(body("groupgetmembers", { gid: 5, count: undefined }, "form")).toBe(
      "op=groupgetmembers&gid=5&token=T",
    );
  });
});

describe("the nested dialect", () => {
  it("writes numbers, booleans and text where mesibo's v2 has them, op first and the token last", () => {
    expect(body("groupadd", group, "json")).toBe(
      '{"op":"groupadd","group":{"name":"G 1","flags":17,"duration":60,"active":true,"members":{"m":"+1,b","permissions":{"send":true,"list":false}}},"token":"T"}',
    );
    expect(body("groupgetmembers", { gid: 5, count: 9 }, "json")).toBe(
      '{"op":"groupgetmembers","group":{"gid":5},"count":9,"token":"T"}',
    );
    expect(body("message", { from: "a", to: ["b"], text: "t" }, "json")).toBe(
      '{"op":"message","from":"a","to":"b","message":"t","token":"T"}',
    );
  });

  it("writes only what a change names", () => {
    expect(body("groupset", { gid: 5, pinned: true }, "json")).toBe(
      '{"op":"groupset","group":{"gid":5,"pinned":true},"token":"T"}',
    );
    expect(body("groupdel", { gid: 5 }, "json")).toBe('{"op":"groupdel","group":{"gid":5},"token":"T"}');
  });
});

describe("a request that does not fit", () => {
  it.each([
    [0, "a whole number from 1 to 4294967295"],
    [2 ** 32, "a whole number from 1 to 4294967295"],
    [1.5, "a whole number from 1 to 4294967295"],
    [Number.NaN, "a whole number from 1 to 4294967295"],
  ])("with gid %s names the parameter and what was expected", (gid, expected) => {
    expect(tryEncode("groupdel", { gid })).toEqual({ name: "gid", expected });
    expect(() => body("groupdel", { gid }, "form")).toThrow(expected);
  });

  it("is told from one that fits", () => {
    expect(tryEncode("groupdel", { gid: 1 })).toBeUndefined();
  });
});
