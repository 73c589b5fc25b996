import { DatabaseSync } from "node:sqlite";
import { setImmediate } from "node:timers/promises";
import { Kysely, SqliteDialect } from "kysely";
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { createGroupCommit } from "../../src/store/group-commit.ts";
import { sqliteDatabase } from "../../src/store/sqlite-database.ts";
import type { Tables } from "../../src/store/tables.ts";

/** A group commit over a database in memory, and how many commits it has made. */
function countedCommits() {
  const database = sqliteDatabase(new DatabaseSync(":memory:"));
  let commits = 0;
  const prepare: typeof database.prepare = (sql) => {
    if (sql === "commit") commits += 1;
    return database.prepare(sql);
  };
  const writer = new Kysely<Tables>({ dialect: new SqliteDialect({ database: { ...database, prepare } }) });
  onTestFinished(() => writer.destroy());
  const { write } = createGroupCommit(writer, () => undefined);
  return { write: () => write(async () => undefined), commits: () => commits };
}

/** Writes in so many turns of the event loop, one in each, and answers once all are done. */
async function inTurns(turns: number, write: () => Promise<void>): Promise<void> {
  const writes: Promise<void>[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    // Begun before the write, so that the next one is there when the commit looks for it.
    const next = setImmediate();
    writes.push(write());
    await next;
  }
  await Promise.all(writes);
}

// A clock that stands still unless a test moves it.
let now = 0;
beforeEach(() => {
  now = 0;
  vi.spyOn(performance, "now").mockImplementation(() => now);
});
afterEach(() => void vi.restoreAllMocks());

describe("a commit is shared", () => {
  test("by those who come in one turn of the event loop", async () => {
    const { write, commits } = countedCommits();
    await Promise.all([write(), write(), write()]);
    expect(commits()).toBe(1);
  });

  test("by those who come in the next turns, as long as each brings one", async () => {
    const { write, commits } = countedCommits();
    await inTurns(200, write);
    expect(commits()).toBe(1);
  });

  test("with nobody who comes after 2 ms, however busy the turns are", async () => {
    const { write, commits } = countedCommits();
    await inTurns(6, () => {
      now += 1;
      return write();
    });
    // Three in each.
    expect(commits()).toBe(2);
  });

  test("by 256 at most", async () => {
    const { write, commits } = countedCommits();
    await Promise.all(Array.from({ length: 257 }, write));
    expect(commits()).toBe(2);
  });

  test("with nobody after a turn that brought none", async () => {
    const { write, commits } = countedCommits();
    const first = write();
    for (let turn = 0; turn < 3; turn += 1) await setImmediate();
    expect(commits()).toBe(1);
    await Promise.all([first, write()]);
    expect(commits()).toBe(2);
  });
});
