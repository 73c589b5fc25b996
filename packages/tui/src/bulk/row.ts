import type { Address, PermissionName } from "@mesibo-groups/core";

/** The permissions that a row names; the job's own stand for the others. */
export type GivenPermissions = Readonly<Partial<Record<PermissionName, boolean>>>;

/** One member of a list, as it was read. */
export interface Row {
  /** 1 for the first line of the text; the line where the row begins. */
  readonly line: number;
  readonly address: Address;
  readonly permissions: GivenPermissions;
}

/** A row that cannot be sent, and why. */
export interface BadRow {
  readonly line: number;
  readonly text: string;
  readonly reason: string;
}
