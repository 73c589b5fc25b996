import type { Generated } from "kysely";

// What is stored, as both databases hold it: text, and whole numbers. Times are Unix milliseconds, switches 0 or
// 1, and JSON is text, so that the one schema means the same in SQLite and in PostgreSQL.

/** One call, or list of calls, that the gateway answers for: design, section 2. */
export interface OperationRow {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  /** The id of the API key that asked. */
  readonly actor: string;
  readonly request_id: string;
  /** The trace that the request was part of; null where it was part of none. */
  readonly trace_id: string | null;
  /** With `actor` unique; null where none was given, and once the key's time is over. */
  readonly idempotency_key: string | null;
  readonly fingerprint: string | null;
  readonly gid: number | null;
  /** What was asked for, as JSON. */
  readonly request: string;
  /** How far it has come, as JSON. */
  readonly progress: string | null;
  /** The answer that a repetition gets, as JSON. */
  readonly answer: string | null;
  /** How an unknown outcome was settled, as JSON. */
  readonly resolution: string | null;
  /** The process that makes the calls. */
  readonly instance: string;
  readonly created_at: number;
  readonly ended_at: number | null;
  /** When somebody asked to stop it; null where nobody has. */
  readonly cancel_asked_at: number | null;
}

/** One address of a list of members to edit. It goes with its operation. */
export interface MemberEditRow {
  readonly operation: string;
  /** Its place in the list, from 0. */
  readonly position: number;
  readonly address: string;
  /** The five permissions as bits; null removes the member. */
  readonly permissions: number | null;
  /** `pending` and `sending`, and then what became of it. */
  readonly status: string;
  /** Why it was not done, as JSON. */
  readonly problem: string | null;
  /** An id of the moment when it was sent last, in the order of those of operations; null before that. */
  readonly sent: string | null;
}

/** A group that the gateway knows: what it wrote or was told last. */
export interface GroupRow {
  readonly gid: number;
  readonly name: string;
  readonly flag: number;
  readonly expires_at: number;
  readonly expiry_extension: number;
  readonly active: number;
  /** Counts the changes, from 1: the ETag. */
  readonly version: number;
  /** Where the gateway has it from: `created` or `imported`. */
  readonly source: string;
  readonly created_at: number;
  readonly observed_at: number;
  /** When it was deleted; null while it is there. */
  readonly deleted_at: number | null;
}

/** A member that the gateway knows. */
export interface MemberRow {
  readonly gid: number;
  readonly address: string;
  readonly can_send: number;
  readonly can_receive: number;
  readonly can_publish: number;
  readonly can_subscribe: number;
  readonly can_list: number;
  readonly version: number;
  readonly source: string;
  readonly observed_at: number;
}

/** One change, for those who follow. */
export interface EventRow {
  readonly id: Generated<number>;
  readonly type: string;
  readonly gid: number | null;
  /** What else it is about: an address, or an operation's id. */
  readonly subject: string | null;
  readonly payload: string;
  readonly created_at: number;
}

/** Who did what, in a chain: each row's hash covers the row and the hash before it. */
export interface AuditRow {
  readonly id: Generated<number>;
  readonly at: number;
  readonly actor: string;
  readonly action: string;
  readonly gid: number | null;
  readonly subject: string | null;
  readonly operation: string | null;
  readonly request_id: string;
  readonly outcome: string;
  readonly previous: string;
  readonly hash: string;
}

/** A key of a service. The secret itself is nowhere. */
export interface ApiKeyRow {
  readonly id: string;
  readonly name: string;
  /** SHA-256 of the secret, as hex. */
  readonly secret_hash: string;
  /** The secret before a rotation, and until when it still opens. */
  readonly old_secret_hash: string | null;
  readonly old_until: number | null;
  /** A JSON list of scopes. */
  readonly scopes: string;
  /** Which groups it may touch, as JSON; null is every group. */
  readonly groups: string | null;
  readonly created_at: number;
  readonly expires_at: number | null;
  readonly revoked_at: number | null;
  readonly last_used_at: number | null;
}

/** A process that uses this database. */
export interface InstanceRow {
  readonly id: string;
  readonly label: string;
  readonly started_at: number;
  readonly seen_at: number;
}

/** One fact about the whole database, by name. */
export interface MetaRow {
  readonly name: string;
  readonly value: string;
}

/** A cell of a rate limit: when the next request would be on time. */
export interface RateRow {
  readonly cell: string;
  /** Unix microseconds: a limit can be finer than a thousandth of a second. */
  readonly due_at: number;
}

/** A group that is left alone after a lost change: `operations/quiet.ts`. */
export interface QuietRow {
  readonly gid: number;
  readonly until_at: number;
}

/** Every table. */
export interface Tables {
  readonly operations: OperationRow;
  readonly member_edits: MemberEditRow;
  readonly groups: GroupRow;
  readonly members: MemberRow;
  readonly events: EventRow;
  readonly audit: AuditRow;
  readonly api_keys: ApiKeyRow;
  readonly instances: InstanceRow;
  readonly meta: MetaRow;
  readonly rates: RateRow;
  readonly quiets: QuietRow;
}
