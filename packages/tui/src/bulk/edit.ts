import type { Address, Permissions } from "@mesibo-groups/core";

interface Target {
  /** The line of the list that asked for it; undefined where no line did, as in an undo. */
  readonly line: number | undefined;
  readonly address: Address;
}

/** A member to be, with all five permissions. */
export interface Put extends Target {
  readonly kind: "put";
  readonly permissions: Permissions;
}

/** A member to remove. */
export interface Removal extends Target {
  readonly kind: "remove";
}

/** What is to become of one address. */
export type Edit = Put | Removal;
