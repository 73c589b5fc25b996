import type { Tables } from "../store/tables.ts";

/** A table that outlives a move, in the order of its key. */
interface Copied<T> {
  readonly key: readonly (keyof T & string)[];
  readonly columns: readonly (keyof T & string)[];
  /** Whether the database gives the ids. */
  readonly counted?: boolean;
}

/**
 * Every table that a copy takes along, those that others refer to first. `instances` and `rates` are of processes
 * that are gone by then, and `quiets` are over.
 */
export const copiedTables = {
  groups: {
    key: ["gid"],
    columns: [
      "gid",
      "name",
      "flag",
      "expires_at",
      "expiry_extension",
      "active",
      "version",
      "source",
      "created_at",
      "observed_at",
      "deleted_at",
    ],
  },
  members: {
    key: ["gid", "address"],
    columns: [
      "gid",
      "address",
      "can_send",
      "can_receive",
      "can_publish",
      "can_subscribe",
      "can_list",
      "version",
      "source",
      "observed_at",
    ],
  },
  operations: {
    key: ["id"],
    columns: [
      "id",
      "kind",
      "state",
      "actor",
      "request_id",
      "trace_id",
      "idempotency_key",
      "fingerprint",
      "gid",
      "request",
      "progress",
      "answer",
      "resolution",
      "instance",
      "created_at",
      "ended_at",
      "cancel_asked_at",
    ],
  },
  member_edits: {
    key: ["operation", "position"],
    columns: ["operation", "position", "address", "permissions", "status", "problem", "sent"],
  },
  events: { key: ["id"], columns: ["id", "type", "gid", "subject", "payload", "created_at"], counted: true },
  audit: {
    key: ["id"],
    columns: [
      "id",
      "at",
      "actor",
      "action",
      "gid",
      "subject",
      "operation",
      "request_id",
      "outcome",
      "previous",
      "hash",
    ],
    counted: true,
  },
  api_keys: {
    key: ["id"],
    columns: [
      "id",
      "name",
      "secret_hash",
      "old_secret_hash",
      "old_until",
      "scopes",
      "groups",
      "created_at",
      "expires_at",
      "revoked_at",
      "last_used_at",
    ],
  },
  meta: { key: ["name"], columns: ["name", "value"] },
} as const satisfies {
  readonly [T in Exclude<keyof Tables, "instances" | "rates" | "quiets">]: Copied<Tables[T]>;
};

/** A table that a copy takes along. */
export type CopiedTable = keyof typeof copiedTables;

const isCopied = (name: string): name is CopiedTable => Object.hasOwn(copiedTables, name);

/** Their names, in the order in which they are copied. */
export const copiedNames: readonly CopiedTable[] = Object.keys(copiedTables).filter(isCopied);
