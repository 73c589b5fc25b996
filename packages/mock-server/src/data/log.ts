import type { DatabaseSync } from "node:sqlite";
import type { KeptWorld } from "./replay.ts";
import { worldRow, type Row } from "./rows.ts";

/** How large a log is. */
export interface LogSize {
  readonly rows: number;
  /** Characters that were written since it was folded last. */
  readonly chars: number;
}

/** The rows of a data file. */
export interface Log {
  /** Adds rows, all or none. */
  readonly write: (rows: readonly Row[]) => void;
  /** Puts one row for each world in the place of all rows, or changes nothing. */
  readonly fold: (worlds: Iterable<readonly [string, KeptWorld]>) => void;
  /** Gives the room of rows that were folded back to the disk, where it is most of the file. */
  readonly shrink: () => void;
  readonly size: () => LogSize;
}

/** Pages of 4 KiB below which nobody minds what is free of them. */
const FEW_PAGES = 1_024;

/** Writes into the log of an open file that was so large. */
export function createLog(database: DatabaseSync, before: LogSize): Log {
  const insert = database.prepare("INSERT INTO log (token, kind, at, data) VALUES (?, ?, ?, ?)");
  const newest = database.prepare("SELECT coalesce(max(seq), 0) AS last FROM log");
  const forget = database.prepare("DELETE FROM log WHERE seq <= ?");
  let { rows: count, chars } = before;
  const pragma = (name: string): number => Number(database.prepare(`PRAGMA ${name}`).get()?.[name]);
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
      for (const [, , , data] of rows) chars += data.length;
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
      chars = 0;
    },
    shrink: () => {
      const pages = pragma("page_count");
      if (pages > FEW_PAGES && pragma("freelist_count") > pages / 2) database.exec("VACUUM");
    },
    size: () => ({ rows: count, chars }),
  };
}
