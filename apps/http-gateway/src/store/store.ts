import type { Kysely } from "kysely";
import type { Gid } from "@mesibo-groups/core";
import type { Tables } from "./tables.ts";

/** What other parts, and other processes, are told about after a commit. */
export type Topic = "events" | "latch" | "keys";

/** A transaction. Only its own queries are awaited in it: on SQLite every writer waits for the one before. */
export interface Tx {
  readonly db: Kysely<Tables>;
  /** Tells everyone who listens, in every process, once the transaction is durable. */
  readonly announce: (topic: Topic) => Promise<void>;
}

/** Where the gateway keeps what must outlive it: one file, or a PostgreSQL database that several gateways share. */
export interface Store {
  readonly kind: "sqlite" | "postgres";
  /** Where it is, fit to be shown: without user, password and parameters. */
  readonly place: string;
  /** Reads what is committed. */
  readonly read: <T>(work: (db: Kysely<Tables>) => Promise<T>) => Promise<T>;
  /** Runs a transaction, and resolves once it is durable. */
  readonly write: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
  /** Runs work on a group while nobody else, in no process, works on it. */
  readonly inTurn: <T>(gid: Gid, work: () => Promise<T>) => Promise<T>;
  /** Calls back after a commit that announced the topic, in whichever process. Answers how to stop. */
  readonly listen: (topic: Topic, listener: () => void) => () => void;
  readonly close: () => Promise<void>;
}
