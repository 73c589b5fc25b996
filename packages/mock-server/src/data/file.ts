import type { DatabaseSync, DatabaseSyncOptions } from "node:sqlite";
import type { LogSize } from "./log.ts";
import { DataFileError } from "./errors.ts";
import { APPLICATION_ID, inspectHeader, VERSION } from "./header.ts";
import { refusal, TakenError } from "./refusal.ts";
import { replay, type KeptWorld } from "./replay.ts";

/** A data file that is open. */
export interface DataFile extends LogSize {
  readonly database: DatabaseSync;
  readonly worlds: Map<string, KeptWorld>;
}

/** How far a log has come. */
interface Extent {
  readonly rows: number;
  /** The number of the last row. Numbers only grow, so that the same one means the same log. */
  readonly last: number;
}

interface Contents {
  readonly worlds: Map<string, KeptWorld>;
  /** Undefined where there is no log yet. */
  readonly extent: Extent | undefined;
  /** Characters of rows. */
  readonly chars: number;
}

function openDatabase(file: string, options: DatabaseSyncOptions = {}): DatabaseSync {
  const { DatabaseSync: Database } = process.getBuiltinModule("node:sqlite");
  // Whole, or SQLite would read `:memory:` and `file:…` as something else than a file of that name.
  return new Database(process.getBuiltinModule("node:path").resolve(file), options);
}

/** Before anything is done: without SQLite no file can be opened, and none is to be made. */
function checkSqlite(file: string): void {
  // Not there in every Node that can run the rest, whatever the types say.
  const sqlite: unknown = process.getBuiltinModule("node:sqlite");
  if (sqlite !== undefined) return;
  const message = `--data ${file} needs Node 22.13 or later, and this is ${process.version}.`;
  throw new DataFileError("unusable", message);
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * The log itself never has a rollback journal, the making of a file has: where one is left, the process was killed
 * there. Only a connection that may write takes such a half-made file back.
 */
function finishRollback(file: string): void {
  if (!process.getBuiltinModule("node:fs").existsSync(`${file}-journal`)) return;
  const database = openDatabase(file);
  try {
    database.prepare("SELECT count(*) FROM sqlite_schema").get();
  } finally {
    database.close();
  }
}

function replayAll(database: DatabaseSync): Contents {
  const worlds = new Map<string, KeptWorld>();
  let [rows, last, chars] = [0, 0, 0];
  for (const row of database.prepare("SELECT seq, token, kind, at, data FROM log ORDER BY seq").iterate()) {
    rows += 1;
    last = Number(row["seq"]);
    chars += String(row["data"]).length;
    try {
      replay(worlds, row);
    } catch (error) {
      throw new Error(`row ${last}: ${wordsOf(error)}`, { cause: error });
    }
  }
  return { worlds, extent: { rows, last }, chars };
}

/** Reads a whole file without changing it. Throws where it cannot be read to its end. */
function readAll(file: string): Contents {
  const database = openDatabase(file, { readOnly: true });
  try {
    const [check] = database.prepare("PRAGMA quick_check(1)").all();
    if (check?.["quick_check"] !== "ok") throw new Error(String(check?.["quick_check"]));
    return replayAll(database);
  } finally {
    database.close();
  }
}

function readContents(file: string): Contents {
  const nothing = { worlds: new Map<string, KeptWorld>(), extent: undefined, chars: 0 };
  if (inspectHeader(file)) return nothing;
  finishRollback(file);
  return inspectHeader(file) ? nothing : readAll(file);
}

function extentOf(database: DatabaseSync): Extent | undefined {
  const tables = database.prepare("SELECT count(*) AS n FROM sqlite_schema").get();
  if (tables?.["n"] === 0) return undefined;
  const found = database.prepare("SELECT count(*) AS rows, coalesce(max(seq), 0) AS last FROM log").get();
  return { rows: Number(found?.["rows"]), last: Number(found?.["last"]) };
}

/** Takes a file for this process alone, and makes its table. Throws where the file is not as it was read. */
function take(file: string, read: Extent | undefined, fsync: boolean): DatabaseSync {
  const database = openDatabase(file);
  try {
    database.exec(`PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = ${fsync ? "FULL" : "NORMAL"};
      BEGIN EXCLUSIVE`);
    const now = extentOf(database);
    if (now?.rows !== read?.rows || now?.last !== read?.last)
      throw new TakenError("another process has written meanwhile");
    // Made before WAL and in one transaction, so that a file that is there at all has its name and its table.
    if (read === undefined)
      database.exec(`PRAGMA application_id = ${APPLICATION_ID};
        PRAGMA user_version = ${VERSION};
        CREATE TABLE log (seq INTEGER PRIMARY KEY, token TEXT NOT NULL, kind TEXT NOT NULL, at REAL NOT NULL, data TEXT NOT NULL)`);
    database.exec("COMMIT; PRAGMA journal_mode = WAL; BEGIN EXCLUSIVE; COMMIT");
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * Opens a data file, and makes it where it is not there. One that is foreign, newer, damaged or in use is refused
 * with a {@link DataFileError} and stays as it is.
 */
export function openFile(file: string, fsync: boolean): DataFile {
  checkSqlite(file);
  try {
    const { worlds, extent, chars } = readContents(file);
    return { database: take(file, extent, fsync), worlds, rows: extent?.rows ?? 0, chars };
  } catch (error) {
    throw refusal(file, error);
  }
}
