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
import type { Plan } from "../bulk/plan.ts";
import type { Present } from "../bulk/present.ts";
import type { JobResult } from "../bulk/result.ts";
import type { ArchiveKind } from "../call/archive.ts";
import type { ConfigChange } from "../profile/edit.ts";
import type { KnownProfile } from "../profile/known.ts";
import type { Profile } from "../profile/schema.ts";
import type { TestStep } from "../profile/test-profile.ts";
import type { Connection } from "./model.ts";

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
  | { readonly kind: "export_calls"; readonly as: ArchiveKind; readonly calls: readonly CallRecord[] };

/** What became of something on this machine. */
export type DeskAnswer =
  | { readonly kind: "copied"; readonly what: string; readonly way: string }
  | { readonly kind: "not_copied"; readonly what: string; readonly text: string }
  | { readonly kind: "exported"; readonly path: string; readonly count: number }
  | { readonly kind: "not_exported"; readonly reason: string };

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
  "suspend",
] as const;

/** Changes of the server's data. */
export type Mutation = Exclude<Effect, ProfileEffect | { kind: (typeof harmless)[number] }>;

/** Whether an effect changes the server's data. */
export const isMutation = (effect: Effect): effect is Mutation =>
  !isProfileEffect(effect) && !harmless.some((kind) => kind === effect.kind);

/** What goes to the server, or is done on the way to it. */
export type ServerEffect = Exclude<Effect, ProfileEffect | SuspendEffect>;

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
  /** Undefined when every address is done. */
  readonly failure: Failure | undefined;
}

/** A text, or why there is none. */
export type FileRead =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly reason: string };

/** The path of a new file, or why there is none. */
export type FileSaved =
  | { readonly ok: true; readonly path: string }
  | { readonly ok: false; readonly reason: string };

/** What the server answered, or how a task goes on. */
export type Answer =
  | DeskAnswer
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
  | { readonly kind: "bulk_ended"; readonly effect: BulkEffect; readonly result: JobResult }
  | { readonly kind: "file_read"; readonly effect: ReadFileEffect; readonly file: FileRead }
  | { readonly kind: "failures_saved"; readonly effect: SaveFailuresEffect; readonly file: FileSaved }
  | { readonly kind: "reading_stopped"; readonly effect: ReadingEffect }
  | { readonly kind: "failed"; readonly effect: ServerEffect; readonly failure: Failure };

/** Everything that can happen to the application, besides keys. */
export type Signal =
  | { readonly kind: "resized"; readonly columns: number; readonly rows: number }
  | { readonly kind: "pasted"; readonly text: string }
  | { readonly kind: "pointed"; readonly row: number }
  | { readonly kind: "left" }
  | { readonly kind: "profiles_listed"; readonly profiles: readonly KnownProfile[] }
  | { readonly kind: "profiles_changed"; readonly change: ConfigChange }
  | { readonly kind: "profile_tested"; readonly profile: string; readonly step: TestStep | "good" | "bad" }
  | { readonly kind: "notice_wanted"; readonly profile: string; readonly text: string }
  | { readonly kind: "connected"; readonly connection: Connection }
  | { readonly kind: "profile_failed"; readonly text: string }
  | { readonly kind: "interrupt_over" }
  | { readonly kind: "called"; readonly record: CallRecord }
  | { readonly kind: "started"; readonly id: number; readonly text: string; readonly effect: Effect }
  | { readonly kind: "progressed"; readonly id: number; readonly text: string }
  /** A task goes on for so many seconds. */
  | { readonly kind: "waited"; readonly id: number; readonly seconds: number }
  /** The groups that were listed then are a minute old. */
  | { readonly kind: "aged"; readonly asOf: number }
  | { readonly kind: "ended"; readonly id: number };
