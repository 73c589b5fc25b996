import type { Address, Gid, GroupFlags, Permissions, CallRecord, Member } from "@mesibo-groups/core";
import type { Plan } from "../bulk/plan.ts";
import type { Present } from "../bulk/present.ts";
import type { JobResult } from "../bulk/result.ts";
import type { ArchiveKind } from "../call/archive.ts";
import type { Handout } from "../desk/desk.ts";
import type { ConfigChange } from "../profile/edit.ts";
import type { Profile } from "../profile/schema.ts";
import type { AskEditedEffect, EditCallEffect, SendEditedEffect } from "./edited-effects.ts";
import { isControlEffect, type ControlEffect } from "./control-effects.ts";
import { isOperationEffect, type OperationEffect } from "./operation-effects.ts";

/** A plan for many members that goes out call by call, and can be stopped between two of them. */
export interface BulkEffect {
  readonly kind: "run_bulk";
  readonly gid: Gid;
  readonly plan: Plan;
  /** Make users of the plan's addresses first. */
  readonly makeUsers: boolean;
  /** The members as they were known before, to take the job back. */
  readonly before: Present;
  /** The job that this one goes on with, and what it does about it. */
  readonly follows: { readonly job: number; readonly as: "retry" | "users" | "undo" } | undefined;
}

/** A list that a file holds. */
export interface ReadFileEffect {
  readonly kind: "read_file";
  readonly path: string;
}

/** What a job did not do, as a file. */
export interface SaveFailuresEffect {
  readonly kind: "save_failures";
  readonly gid: Gid;
  readonly job: number;
  readonly result: JobResult;
}

/** Where an effect comes from that takes a change back or does it again. */
export type ReversalStack = "undo" | "redo";

/** Something for this machine to do, not for the server. */
export type DeskEffect =
  | {
      readonly kind: "copy";
      /** What the text is, for the notice. */
      readonly what: string;
      readonly text: string;
    }
  | {
      readonly kind: "save_list";
      /** Of the file, without time and ending. */
      readonly name: string;
      readonly format: string;
      /** What it holds, for the notice. */
      readonly what: string;
      readonly text: string;
    }
  | { readonly kind: "export_calls"; readonly as: ArchiveKind; readonly calls: readonly CallRecord[] }
  | ({ readonly kind: "hand_over"; readonly to: "pager" | "editor" } & Handout);

/** What became of something on this machine. */
export type DeskAnswer =
  | { readonly kind: "copied"; readonly what: string; readonly way: string }
  | { readonly kind: "not_copied"; readonly what: string; readonly text: string }
  | { readonly kind: "exported"; readonly path: string; readonly what: string }
  | { readonly kind: "not_exported"; readonly reason: string }
  | { readonly kind: "handed_over" }
  | { readonly kind: "not_handed_over"; readonly reason: string };

/** Something to do with the profiles of this machine; no change of a server's data. */
export type ProfileEffect =
  | { readonly kind: "acknowledge_notice" }
  | { readonly kind: "list_profiles" }
  | {
      readonly kind: "connect";
      readonly profile: string;
      /** Whether the notice before its first call was answered. */
      readonly acknowledged: boolean;
    }
  | { readonly kind: "change_profiles"; readonly change: ConfigChange }
  | {
      readonly kind: "test_profile";
      readonly profile: string;
      /** Tested instead of what the file has. */
      readonly draft?: Profile | undefined;
    };

/** Leaves the terminal to the shell until it is called back. */
export interface SuspendEffect {
  readonly kind: "suspend";
}

const profileKinds: ReadonlySet<string> = new Set([
  "acknowledge_notice",
  "list_profiles",
  "connect",
  "change_profiles",
  "test_profile",
] satisfies ProfileEffect["kind"][]);

/** Whether an effect is about profiles. */
export const isProfileEffect = (effect: Effect): effect is ProfileEffect => profileKinds.has(effect.kind);

/** A question to the server that changes nothing, and can be dropped while it is on its way. */
export type ReadingEffect =
  | { readonly kind: "list_groups" }
  | { readonly kind: "list_members"; readonly gids: readonly Gid[] };

/** Whether an effect only asks. */
export const isReading = (effect: Effect): effect is ReadingEffect =>
  effect.kind === "list_groups" || effect.kind === "list_members";

/** Something to ask of the server. Plain data, so that a dialog can hold one back until it is confirmed. */
export type Effect =
  | ProfileEffect
  | ControlEffect
  | OperationEffect
  | SuspendEffect
  | ReadingEffect
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
    }
  | BulkEffect
  | { readonly kind: "stop_bulk"; readonly bulk: BulkEffect }
  | { readonly kind: "stop_reading"; readonly reading: ReadingEffect }
  | EditCallEffect
  | AskEditedEffect
  | SendEditedEffect
  | ReadFileEffect
  | SaveFailuresEffect
  | DeskEffect;

const harmless = [
  "list_groups",
  "list_members",
  "stop_bulk",
  "stop_reading",
  "read_file",
  "save_failures",
  "copy",
  "export_calls",
  "save_list",
  "hand_over",
  "edit_call",
  "ask_edited",
  "suspend",
] as const;

/** Changes of the server's data. */
export type Mutation = Exclude<
  Effect,
  ProfileEffect | ControlEffect | OperationEffect | { kind: (typeof harmless)[number] }
>;

/** Whether an effect changes the server's data. */
export const isMutation = (effect: Effect): effect is Mutation =>
  !isProfileEffect(effect) &&
  !isControlEffect(effect) &&
  !isOperationEffect(effect) &&
  !harmless.some((kind) => kind === effect.kind);

/** What goes to the server, or is done on the way to it. */
export type ServerEffect = Exclude<Effect, ProfileEffect | SuspendEffect>;

/** Edits of a group's members. */
export type MembersEffect = Extract<Effect, { kind: "add_members" | "set_permissions" | "remove_members" }>;

/** Whether an effect edits members. */
export const isMembersEffect = (effect: Effect): effect is MembersEffect =>
  effect.kind === "add_members" || effect.kind === "set_permissions" || effect.kind === "remove_members";
