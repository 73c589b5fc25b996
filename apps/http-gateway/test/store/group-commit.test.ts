import { DatabaseSync } from "node:sqlite";
import { setImmediate } from "node:timers/promises";
import { Kysely, SqliteDialect } from "kysely";
import { describe, expect, onTestFinished, test } from "vitest";
import { createGroupCommit } from "../../src/store/group-commit.ts";
import { sqliteDatabase } from "../../src/store/sqlite-database.ts";
import type { Tables } from "../../src/store/tables.ts";

/** A database in memory that counts its commits. */
function counted() {
  const database = sqliteDatabase(new DatabaseSync(":memory:"));
  let commits = 0;
  const prepare: typeof database.prepare = (sql) => {
    if (sql === "commit") commits += 1;
    return database.prepare(sql);
  };
  const writer = new Kysely<Tables>({ dialect: new SqliteDialect({ database: { ...database, prepare } }) });
  onTestFinished(() => writer.destroy());
  const { write, idle } = createGroupCommit(writer, () => undefined);
  return { write: () => write(async () => undefined), idle, commits: () => commits };
}

describe("a commit is shared", () => {
  test("by those who come in one turn of the event loop", async () => {
    const { write, commits } = counted();
    await Promise.all([write(), write(), write()]);
    expect(commits()).toBe(1);
  });

  test("by those who come in the next turns, as long as each brings one", async () => {
    const { write, commits } = counted();
    const comeLater = async (turns: number): Promise<void> => {
      if (turns === 0) return;
      await setImmediate();
      await Promise.all([write(), comeLater(turns - 1)]);
    };
    const later = comeLater(5);
    await Promise.all([write(), later]);
    expect(commits()).toBe(1);
  });

  test("by 256 at most", async () => {
    const { write, commits } = counted();
    await Promise.all(Array.from({ length: 257 }, write));
    expect(commits()).toBe(2);
  });

  test("and waits for nobody who may only come", async () => {
    const { write, idle, commits } = counted();
    const first = write();
    for (let turn = 0; turn < 3; turn += 1) await setImmediate();
    expect(commits()).toBe(1);
    await Promise.all([first, write()]);
    await idle();
    expect(commits()).toBe(2);
  });
});
