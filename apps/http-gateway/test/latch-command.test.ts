import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RefusedError } from "@mesibo-groups/core";
import { afterAll, expect, test } from "vitest";
import { keepLatch, readLatch, tokenMark } from "../src/latch.ts";
import { openStore } from "../src/store/open.ts";
import { startBin } from "./support/process.ts";

const folder = mkdtempSync(join(tmpdir(), "gateway-latch-"));
afterAll(() => rmSync(folder, { recursive: true }));

const path = join(folder, "gateway.db");
const release = (file: string) => startBin(["latch", "release"], { DATABASE_URL: `file:${file}` }).ended;

test("on a path that leads nowhere, latch release says so and makes no store there", async () => {
  const nowhere = join(folder, "mistyped.db");
  expect(await release(nowhere)).toEqual({
    code: 1,
    out: "",
    err: `mesibo-gateway: There is no file ${nowhere}: correct the path that names it.\n`,
  });
  expect(existsSync(nowhere)).toBe(false);
});

test("latch release lets a refused token be used again once the gateway has ended, and says so", async () => {
  const mark = tokenMark("token");
  const store = await openStore(path);
  const facts = { op: "groupdel", kind: "auth", sent: "yes", outcome: "refused", attempts: 1 } as const;
  await keepLatch(store, { refused: new RefusedError(facts, { error: "AUTHFAIL" }), mark, at: 1 });
  expect(await release(path)).toMatchObject({
    code: 1,
    err: expect.stringContaining("Another gateway has"),
  });
  await store.close();
  expect(await release(path)).toEqual({ code: 0, out: "The latch is released.\n", err: "" });
  const after = await openStore(path);
  expect(await readLatch(after, mark)).toBeUndefined();
  await after.close();
  expect(await release(path)).toEqual({ code: 0, out: "There was no latch.\n", err: "" });
});
