import { describe, expect, onTestFinished, test } from "vitest";
import { placeKinds } from "../store/stores.ts";
import { createCaller } from "./caller.ts";
import { createRandom, SEED } from "./random.ts";
import { startRun } from "./run.ts";

const POSTS = process.env["MESIBO_LONG"] === "1" ? 1_000 : 200;

const kinds = (await placeKinds()).filter(({ name }) => name !== "PGlite");

describe.each(kinds)("$name", (kind) => {
  test(
    `${POSTS} posts with one key at once, to every gateway that shares it: one call, one row, one answer`,
    { timeout: 300_000 },
    async () => {
      // No answer is missing here, and all of them are in one process: it may be busy.
      const run = await startRun(kind, { timeoutMs: 30_000 });
      onTestFinished(run.close);
      const ask = createCaller(run.urls, createRandom(SEED));
      const post = { method: "POST", path: "/v1/groups", key: "one", body: { name: "One" } } as const;
      const told = await Promise.all(Array.from({ length: POSTS }, () => ask(post)));
      const [group] = run.mock.world().groups();
      expect(new Set(told.map((answer) => JSON.stringify(answer))).size).toBe(1);
      expect(told[0]).toMatchObject({ kind: "done", status: 201, body: { gid: group?.gid } });
      expect(run.back.passed.length).toBe(1);
      const rows = await run.engine.store.read((db) => db.selectFrom("operations").select("id").execute());
      expect(rows).toHaveLength(1);
    },
  );
});
