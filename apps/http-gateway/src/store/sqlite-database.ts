import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import type { SqliteDatabase, SqliteStatement } from "kysely";

const MAX_PREPARED = 256;

const isBindable = (value: unknown): value is SQLInputValue =>
  value === null || ["number", "bigint", "string"].includes(typeof value) || value instanceof Uint8Array;

function bind(parameters: readonly unknown[]): SQLInputValue[] {
  return parameters.map((value) => {
    if (isBindable(value)) return value;
    throw new TypeError(`SQLite takes no ${typeof value}.`);
  });
}

function statement(prepared: StatementSync): SqliteStatement {
  return {
    reader: prepared.columns().length > 0,
    all: (parameters) => prepared.all(...bind(parameters)),
    run: (parameters) => prepared.run(...bind(parameters)),
    iterate: (parameters) => prepared.iterate(...bind(parameters)),
  };
}

/** A database of `node:sqlite` as Kysely takes one, which prepares every statement once. */
export function sqliteDatabase(database: DatabaseSync): SqliteDatabase {
  const prepared = new Map<string, SqliteStatement>();

  return {
    close: () => {
      database.close();
    },
    prepare: (sql) => {
      const known = prepared.get(sql);
      if (known !== undefined) return known;
      // A transaction that reads before it writes would fail where another process wrote in between.
      const made = statement(database.prepare(sql === "begin" ? "begin immediate" : sql));
      if (prepared.size === MAX_PREPARED) prepared.clear();
      prepared.set(sql, made);
      return made;
    },
  };
}
