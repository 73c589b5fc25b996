import type { Gid } from "@mesibo-groups/core";

/** A change that was sent to mesibo, and nobody knows what came of it: a gateway keeps it, or this machine. */
export interface UnknownOperation {
  /** Such as `op_01KAR5V2Z6F5T1P0X9Y8Q7W3M4`. */
  readonly id: string;
  /** Such as `create_group`; a newer gateway may have others. */
  readonly kind: string;
  readonly gid: Gid | undefined;
  /** Of the group or user that was to be made or changed. */
  readonly name: string | undefined;
  /** Whether sending it once more may do it twice. */
  readonly adds: boolean;
  /** Why its outcome is unknown; empty where that is not told. */
  readonly detail: string;
  /** When it was asked for, in ISO 8601. */
  readonly createdAt: string;
}

/** How an unknown outcome is settled. */
export type Resolution =
  | { readonly outcome: "happened"; readonly gid?: Gid | undefined }
  | { readonly outcome: "did_not_happen" }
  | { readonly outcome: "retried"; readonly accept_duplicate_risk?: true | undefined };

/** An operation, and how it is settled. */
export interface Settling {
  readonly id: string;
  readonly resolution: Resolution;
}

/** What is kept of unknown outcomes. Rejects with `GatewayError`, `KeptError`, `ProfileError` or `MesiboError`. */
export interface Operations {
  /** Those whose outcome is unknown, newest first. */
  readonly list: () => Promise<readonly UnknownOperation[]>;
  readonly settle: (settling: Settling) => Promise<void>;
}
