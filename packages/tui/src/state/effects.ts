import type {
  Address,
  Gid,
  GroupFlags,
  MembersReport,
  Permissions,
  CallRecord,
  Group,
  Member,
  MemberRow,
} from "@mesibo-groups/core";

import type { ProfileRow } from "../profile/list.ts";
import type { Connection } from "./model.ts";

/** Where an effect comes from that takes a change back or does it again. */
export type ReversalStack = "undo" | "redo";

/** Something to do with the profiles of this machine; no change of a server's data. */
export type ProfileEffect =
  | { readonly kind: "acknowledge_notice" }
  | { readonly kind: "list_profiles" }
  | { readonly kind: "connect"; readonly profile: string };

const profileKinds: ReadonlySet<string> = new Set([
  "acknowledge_notice",
  "list_profiles",
  "connect",
] satisfies ProfileEffect["kind"][]);

/** Whether an effect is about profiles. */
export const isProfileEffect = (effect: Effect): effect is ProfileEffect => profileKinds.has(effect.kind);

/** Something to ask of the server. Plain data, so that a dialog can hold one back until it is confirmed. */
export type Effect =
  | ProfileEffect
  | { readonly kind: "list_groups" }
  | { readonly kind: "list_members"; readonly gids: readonly Gid[] }
  | {
      readonly kind: "create_group";
      readonly name: string;
      readonly flags: GroupFlags;
      /** Seconds. */
      readonly expiry?: number | undefined;
      readonly keepConflicts: boolean;
    }
  | {
      readonly kind: "edit_group";
      readonly gid: Gid;
      readonly name?: string | undefined;
      readonly flags?: GroupFlags | undefined;
      /** Seconds. */
      readonly expiry?: number | undefined;
      readonly active?: boolean | undefined;
      readonly keepConflicts: boolean;
      readonly of?: ReversalStack | undefined;
    }
  | { readonly kind: "delete_group"; readonly gid: Gid }
  | {
      readonly kind: "add_members";
      readonly gid: Gid;
      readonly addresses: readonly Address[];
      readonly permissions: Permissions;
      /** Make the users first. */
      readonly createUsers: boolean;
      readonly of?: ReversalStack | undefined;
    }
  | {
      readonly kind: "set_permissions";
      readonly gid: Gid;
      readonly addresses: readonly Address[];
      readonly permissions: Permissions;
      /** The members as they were, to go back to where nothing was done. */
      readonly before: readonly Member[];
      readonly of?: ReversalStack | undefined;
    }
  | {
      readonly kind: "remove_members";
      readonly gid: Gid;
      readonly addresses: readonly Address[];
      readonly of?: ReversalStack | undefined;
    };

/** Changes of the server's data. */
export type Mutation = Exclude<Effect, ProfileEffect | { kind: "list_groups" | "list_members" }>;

/** Whether an effect changes the server's data. */
export const isMutation = (effect: Effect): effect is Mutation =>
  effect.kind !== "list_groups" && effect.kind !== "list_members" && !isProfileEffect(effect);

/** What goes to the server. */
export type ServerEffect = Exclude<Effect, ProfileEffect>;

/** Edits of a group's members. */
export type MembersEffect = Extract<Effect, { kind: "add_members" | "set_permissions" | "remove_members" }>;

/** Whether an effect edits members. */
export const isMembersEffect = (effect: Effect): effect is MembersEffect =>
  effect.kind === "add_members" || effect.kind === "set_permissions" || effect.kind === "remove_members";

/** Why something was not done, or may not have been. */
export interface Failure {
  readonly outcome: "refused" | "not_sent" | "unknown";
  /** One or more sentences for people. */
  readonly text: string;
  /** mesibo disabled the app: nothing more may be asked. */
  readonly disabled?: boolean | undefined;
}

/** How an edit of members ended. */
export interface MembersOutcome {
  readonly report: MembersReport;
  /** Refused because they are not users of the app. */
  readonly strangers: readonly Address[];
  /** Undefined when every address is done. */
  readonly failure: Failure | undefined;
}

/** What the server answered, or how a task goes on. */
export type Answer =
  | {
      readonly kind: "groups_listed";
      readonly groups: readonly Group[];
      readonly total: number;
      readonly at: number;
    }
  | {
      readonly kind: "members_listed";
      readonly gid: Gid;
      readonly members: readonly MemberRow[];
      readonly complete: boolean;
      readonly at: number;
    }
  | {
      readonly kind: "group_created";
      readonly effect: Extract<Effect, { kind: "create_group" }>;
      readonly gid: Gid;
    }
  | { readonly kind: "group_edited"; readonly effect: Extract<Effect, { kind: "edit_group" }> }
  | { readonly kind: "group_deleted"; readonly effect: Extract<Effect, { kind: "delete_group" }> }
  | {
      readonly kind: "members_edited";
      readonly effect: MembersEffect;
      readonly outcome: MembersOutcome;
    }
  | { readonly kind: "failed"; readonly effect: ServerEffect; readonly failure: Failure };

/** Everything that can happen to the application, besides keys. */
export type Signal =
  | { readonly kind: "resized"; readonly columns: number; readonly rows: number }
  | { readonly kind: "pasted"; readonly text: string }
  | { readonly kind: "profiles_listed"; readonly profiles: readonly ProfileRow[] }
  | { readonly kind: "connected"; readonly connection: Connection }
  | { readonly kind: "profile_failed"; readonly text: string }
  | { readonly kind: "called"; readonly record: CallRecord }
  | { readonly kind: "started"; readonly id: number; readonly text: string }
  | { readonly kind: "progressed"; readonly id: number; readonly text: string }
  | { readonly kind: "ended"; readonly id: number };
