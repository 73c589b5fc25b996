import { expect, test } from "vitest";
import { progressWords, resultWords } from "../../src/bulk/words.ts";
import { puts, users } from "./support.ts";

const progress = { calls: 7, planned: 13, done: 640, refused: 3, unknown: 0, total: 1240 };

test("progress has numbers, and says how many calls were planned where isolating takes more", () => {
  expect(progressWords(progress, 4_149)).toBe("7/13 calls, 640 done, 3 refused, 0 unknown, 4.1 s");
  expect(progressWords({ ...progress, calls: 1, planned: 1 }, 0)).toBe(
    "1/1 call, 640 done, 3 refused, 0 unknown, 0.0 s",
  );
  expect(progressWords({ ...progress, calls: 1_400, done: 9_900 }, 61_000)).toBe(
    "1,400 calls (13 planned), 9,900 done, 3 refused, 0 unknown, 61.0 s",
  );
});

test("a result counts all four outcomes", () => {
  const edits = puts(users(1_002));
  const failed = edits.slice(0, 1).map((edit) => ({ edit, reason: "" }));
  expect(resultWords({ done: edits, refused: failed, unknown: [], notSent: failed, calls: 1 })).toBe(
    "1,002 done, 1 refused, 0 unknown, 1 not sent",
  );
});
