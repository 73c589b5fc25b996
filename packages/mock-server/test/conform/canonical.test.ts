import fc from "fast-check";
import { expect, test } from "vitest";
import { createCanon } from "../../src/conform/canonical.ts";

const make = () => createCanon({ token: "s3cret-token", prefix: "conform-r1-" });

test("two runs that differ in ids, tokens, times and names are one", () => {
  const answer = (gid: number, uid: number, at: number, prefix: string) => ({
    group: { gid },
    members: [{ uid, address: `${prefix}a` }],
    app: { token: "s3cret-token" },
    uts: String(at),
    again: { gid },
    result: true,
  });
  const other = createCanon({ token: "s3cret-token", prefix: "conform-r2-" });
  expect(make().answer(answer(102529, 1001, 5, "conform-r1-"))).toEqual(
    other.answer(answer(96734, 777, 9, "conform-r2-")),
  );
});

test("the same value is the same reference, another one another, and a request gets the value back", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(5), { minLength: 1 }), (gids) => {
      const canon = make();
      const references = gids.map((gid) => {
        const canonical = canon.answer({ gid });
        return typeof canonical === "object" && canonical !== null
          ? String(Reflect.get(canonical, "gid"))
          : "";
      });
      expect(references.map((reference) => canon.request(reference, String))).toEqual(gids.map(String));
    }),
  );
});

test("the app token is in no answer, wherever it stands", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.string(), (value, around) => {
      const hidden = JSON.parse(JSON.stringify({ value, op: `${around}s3cret-token` })) as unknown;
      expect(JSON.stringify(make().answer(hidden))).not.toContain("s3cret-token");
    }),
  );
});

test("a lifetime that has run for a moment is as it was set", () => {
  expect(make().answer([{ expinsec: 600 }, { expinsec: 597 }, { expinsec: 31_535_990 }])).toEqual([
    { expinsec: 600 },
    { expinsec: 600 },
    { expinsec: 31_536_000 },
  ]);
});
