import { expect, test } from "vitest";
import { gatewayOverMock, problemIn } from "./support/gateway.ts";

test("a flag is explained bit by bit", async () => {
  expect((await gatewayOverMock().ask("/v1/flags/0x81")).json).toEqual({
    flag: 129,
    flag_hex: "0x81",
    flag_names: "send-selected|loopback",
    flags: { send: "selected", receive: "members", store: true, loopback: true, other: 0 },
    sentence:
      "Only members with the send permission may send; every member receives; messages are stored; the sender gets a copy.",
    bits: [
      {
        bit: 1,
        bit_hex: "0x1",
        name: "send-selected",
        meaning: "only members with the send permission may send",
        source: "SEED, D1full, HDR",
        confidence: "documented",
      },
      {
        bit: 128,
        bit_hex: "0x80",
        name: "loopback",
        meaning: expect.any(String),
        source: expect.any(String),
        confidence: "documented",
      },
    ],
    issues: [],
  });
});

test.each([
  ["145", 145],
  ["0b11", 3],
  ["restricted%7Cloopback", 145],
  ["send-selected,receive-selected", 17],
  ["4294967295", 4_294_967_295],
  ["0", 0],
])("%s reads as %i", async (value, flag) => {
  expect((await gatewayOverMock().ask(`/v1/flags/${value}`)).json).toMatchObject({ flag });
});

test("contradictory and unknown bits are shown, not refused", async () => {
  expect((await gatewayOverMock().ask("/v1/flags/0x400003")).json).toMatchObject({
    flag: 0x40_0003,
    bits: [
      { bit: 1 },
      { bit: 2 },
      { bit: 0x40_0000, bit_hex: "0x400000", name: null, confidence: "assumed" },
    ],
    issues: [{ kind: "contradiction", bits: 3 }, { kind: "undocumented_bit" }, { kind: "surprise" }],
  });
});

test("a misspelt name is refused with the nearest one", async () => {
  const answer = await gatewayOverMock().ask("/v1/flags/restrictd");
  const detail = "restrictd is neither a number nor the name of a flag. Did you mean restricted?";
  expect(problemIn(answer)).toMatchObject({
    status: 400,
    detail,
    errors: [{ in: "path", pointer: "/value", code: "unknown_name", detail }],
  });
});

test.each([
  [{}, 0],
  [{ flags: { send: "selected", loopback: true } }, 0x81],
  [{ base: "restricted" }, 17],
  [{ base: "restricted", flags: { loopback: true } }, 0x91],
  [{ base: "0x91", flags: { loopback: false, receive: "in_turn" } }, 0x21],
  [{ base: "0x400003", flags: { send: "anyone" } }, 0x40_0002],
])("%j builds %i, and explains it as a GET does", async (body, flag) => {
  const { ask } = gatewayOverMock();
  const built = await ask("/v1/flags", { method: "POST", body });
  expect([built.status, built.json]).toEqual([200, (await ask(`/v1/flags/${flag}`)).json]);
  expect(built.json).toMatchObject({ flag });
});

test.each([
  [{ base: "restrictd" }, "/base"],
  [{ flags: { send: "all" } }, "/flags/send"],
  [{ word: 1 }, "/word"],
])("%j builds nothing, and the field is named", async (body, pointer) => {
  expect(problemIn(await gatewayOverMock().ask("/v1/flags", { method: "POST", body }))).toMatchObject({
    type: "/problems/validation",
    errors: [{ in: "body", pointer }],
  });
});
