import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { Kysely, PGliteDialect } from "kysely";
import { afterAll, beforeAll } from "vitest";
import { createListeners } from "../../src/store/listeners.ts";
import { migrate } from "../../src/store/migrate.ts";
import { openStore } from "../../src/store/open.ts";
import { CHANNEL, postgresStore } from "../../src/store/postgres-store.ts";
import type { Store, Topic } from "../../src/store/store.ts";
import type { Tables } from "../../src/store/tables.ts";
import { findServer, makeDatabase } from "./postgres-server.ts";

/** A place for a store, empty at first. */
export interface Place {
  readonly open: () => Promise<Store>;
  readonly remove: () => Promise<void>;
}

/** A kind of place that the contract holds on. */
export interface PlaceKind {
  readonly name: string;
  /** Whether several processes may have it open at once. */
  readonly shared: boolean;
  readonly make: () => Promise<Place>;
}

/** Opens a store for all tests of a block, and removes its place after them. */
export function openedForAll(
  make: PlaceKind["make"],
  use: (opened: { readonly place: Place; readonly store: Store }) => void,
): void {
  let opened: { readonly place: Place; readonly store: Store } | undefined;
  beforeAll(async () => {
    const place = await make();
    opened = { place, store: await place.open() };
    use(opened);
  }, 60_000);
  afterAll(async () => {
    await opened?.store.close();
    await opened?.place.remove();
  });
}

const inFile: PlaceKind = {
  name: "a file",
  shared: false,
  make: async () => {
    const folder = mkdtempSync(join(tmpdir(), "gateway-store-"));
    return {
      open: () => openStore(`file:${join(folder, "gateway.db")}`),
      remove: async () => rmSync(folder, { recursive: true }),
    };
  },
};

const topics: ReadonlySet<string> = new Set<Topic>(["events", "latch", "keys"]);
const isTopic = (text: string): text is Topic => topics.has(text);

/** PostgreSQL's own code in this process: its dialect, without a server, processes and locks between them. */
const inPglite: PlaceKind = {
  name: "PGlite",
  shared: false,
  make: async () => {
    const pglite = await PGlite.create();
    const open = async (): Promise<Store> => {
      const listeners = createListeners();
      const stop = await pglite.listen(CHANNEL, (payload) => {
        if (isTopic(payload)) listeners.tell(payload);
      });
      const db = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) });
      await migrate(db, { kind: "postgres", place: "PGlite" });
      return postgresStore({ db, place: "PGlite", listeners, locked: (_, work) => work(), close: stop });
    };
    return { open, remove: () => pglite.close() };
  },
};

/** Every kind of place that there is on this machine. Says in one line which PostgreSQL that is. */
export async function placeKinds(): Promise<readonly PlaceKind[]> {
  const server = await findServer();
  if (server === undefined) {
    process.stderr.write(
      "No PostgreSQL server was found (TEST_DATABASE_URL, 127.0.0.1:5432, an installed one): its dialect is tested on PGlite alone.\n",
    );
    return [inFile, inPglite];
  }
  process.stderr.write(`PostgreSQL is tested on ${server.from}.\n`);
  const onServer: PlaceKind = {
    name: "PostgreSQL",
    shared: true,
    make: async () => {
      const { url, drop } = await makeDatabase(server);
      return { open: () => openStore(url), remove: drop };
    },
  };
  return [inFile, inPglite, onServer];
}
