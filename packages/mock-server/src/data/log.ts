import type { DatabaseSync } from "node:sqlite";
import type { KeptWorld } from "./replay.ts";
import { worldRow, type Row } from "./rows.ts";

/** The rows of a data file. */
export interface Log {
  /** Adds rows, all or none. */
  readonly write: (rows: readonly Row[]) => void;
  /** Puts one row for each world in the place of all rows, or changes nothing. */
  readonly fold: (worlds: Iterable<readonly [string, KeptWorld]>) => void;
  readonly rows: () => number;
}

/** Writes into the log of an open file that has so many rows. */
export function createLog(database: DatabaseSync, before: number): Log {
  const insert = database.prepare("INSERT INTO log (token, kind, at, data) VALUES (?, ?, ?, ?)");
  const newest = database.prepare("SELECT coalesce(max(seq), 0) AS last FROM log");
  const forget = database.prepare("DELETE FROM log WHERE seq <= ?");
  let count = before;
  const transaction = (work: () => void): void => {
    database.exec("BEGIN IMMEDIATE");
    try {
      work();
      database.exec("COMMIT");
    } catch (error) {
      if (database.isTransaction) database.exec("ROLLBACK");
      throw error;
    }
  };
  return {
    write: (rows) => {
      transaction(() => {
        for (const row of rows) insert.run(...row);
      });
      count += rows.length;
    },
    fold: (worlds) => {
      let folded = 0;
      transaction(() => {
        const last = Number(newest.get()?.["last"]);
        for (const [token, world] of worlds) {
          insert.run(...worldRow(token, world));
          folded += 1;
        }
        // Only now, so that no number is given twice: by the last one a reader knows what has been written.
        forget.run(last);
      });
      count = folded;
    },
    rows: () => count,
  };
}
