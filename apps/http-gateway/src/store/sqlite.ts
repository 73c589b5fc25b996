import { DatabaseSync } from "node:sqlite";
import { closeSync, openSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { Kysely, SqliteDialect } from "kysely";
import { StoreError, storeFailure } from "./errors.ts";
import { createGroupCommit } from "./group-commit.ts";
import { createTurns } from "./in-turn.ts";
import { createListeners } from "./listeners.ts";
import { makeFolder } from "./make-folder.ts";
import { checkSchema, migrate } from "./migrate.ts";
import { sqliteDatabase } from "./sqlite-database.ts";
import type { Store } from "./store.ts";
import type { Tables } from "./tables.ts";

const MEMORY = ":memory:";

/** Makes a file that nobody else on the machine can read, unless it is there. SQLite makes its others alike. */
function makePrivate(file: string): string {
  makeFolder(dirname(file));
  closeSync(openSync(file, "a", 0o600));
  return file;
}

/** Keeps every other gateway away from a file for as long as this process lives, however it ends. */
function lock(file: string): DatabaseSync {
  const guard = new DatabaseSync(makePrivate(`${file}-lock`));
  try {
    guard.exec("PRAGMA busy_timeout = 0; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
  } catch (error) {
    guard.close();
    const message = `Another gateway has ${file} open: end it first, or share a PostgreSQL database (DATABASE_URL=postgres://…).`;
    throw new StoreError("locked", message, { cause: error });
  }
  return guard;
}

function open(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: 5000, enableForeignKeyConstraints: true });
  // FULL: an acknowledged change outlives a loss of power, not only of the process.
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
  // What savepoints would roll back outgrows SQLite's buffer in a shared commit, which would make a file for it.
  database.exec("PRAGMA temp_store = MEMORY");
  return database;
}

/** How a store is opened. */
export interface OpenOptions {
  /** Whether a gateway may have the file open too: for a command that changes a little and leaves. Default: no. */
  readonly beside?: boolean | undefined;
}

/** Keeps others away, or finds that a gateway is there beside whom one may work. */
function lockUnlessBeside(file: string, { beside = false }: OpenOptions): DatabaseSync | undefined {
  try {
    return lock(file);
  } catch (error) {
    if (beside && error instanceof StoreError && error.kind === "locked") return undefined;
    throw error;
  }
}

/**
 * Opens a store in one file, or in memory with `:memory:`.
 *
 * Throws {@link StoreError}: `locked` where another gateway has the file, `newer` where a later version wrote it.
 */
export async function openSqlite(path: string, options: OpenOptions = {}): Promise<Store> {
  const inMemory = path === MEMORY;
  const file = inMemory ? MEMORY : resolve(path);
  let guard: DatabaseSync | undefined;
  try {
    if (!inMemory) {
      guard = lockUnlessBeside(makePrivate(file), options);
    }
    return await openStore(file, { inMemory, guard });
  } catch (error) {
    guard?.close();
    throw storeFailure(error, file);
  }
}

interface Opening {
  readonly inMemory: boolean;
  readonly guard: DatabaseSync | undefined;
}

async function openStore(file: string, { inMemory, guard }: Opening): Promise<Store> {
  const connect = (): Kysely<Tables> =>
    new Kysely<Tables>({ dialect: new SqliteDialect({ database: sqliteDatabase(open(file)) }) });
  const writer = connect();
  // Whoever has the lock changes the schema; beside them it must be the one that is known here.
  const change = inMemory || guard !== undefined ? migrate : checkSchema;
  await change(writer, { kind: "sqlite", place: file });
  // A connection of its own sees only what is committed. A database in memory has but one.
  const reader = inMemory ? undefined : connect();
  const listeners = createListeners();
  const commits = createGroupCommit(writer, listeners.tell);

  const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw storeFailure(error, file);
    }
  };

  return {
    kind: "sqlite",
    place: file,
    read: (work) =>
      guarded(() => (reader === undefined ? commits.write(({ db }) => work(db)) : work(reader))),
    write: (work) => guarded(() => commits.write(work)),
    inTurn: createTurns(),
    listen: listeners.add,
    close: async () => {
      await commits.idle();
      await reader?.destroy();
      await writer.destroy();
      guard?.close();
    },
  };
}
