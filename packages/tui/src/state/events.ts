import type { CallRecord, Gid, Group, MemberRow, MembersReport } from "@mesibo-groups/core";
import type { JobResult } from "../bulk/result.ts";
import type { Action } from "../keys/keys.ts";
import type { ConfigChange } from "../profile/edit.ts";
import type { KnownProfile } from "../profile/known.ts";
import type { TestStep } from "../profile/test-profile.ts";
import type {
  BulkEffect,
  DeskAnswer,
  Effect,
  MembersEffect,
  ReadFileEffect,
  ReadingEffect,
  SaveFailuresEffect,
  ServerEffect,
} from "./effects.ts";
import type { AskEditedEffect, EditedAnswer, SendEditedEffect } from "./edited-effects.ts";
import type { OperationAnswer } from "./operation-answers.ts";
import type { MockAnswer } from "./mock-answers.ts";
import type { Connection } from "./model.ts";

/** Why something was not done, or may not have been. */
export interface Failure {
  readonly outcome: "refused" | "not_sent" | "unknown";
  /** One or more sentences for people. */
  readonly text: string;
  /** Whether to ask again is the next step. The key for that is the screen's to name. */
  readonly again?: boolean | undefined;
  /** mesibo disabled the app: nothing more may be asked. */
  readonly disabled?: boolean | undefined;
  /** The id under which it is kept, where the outcome is unknown. */
  readonly operation?: string | undefined;
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
  | MockAnswer
  | OperationAnswer
  | EditedAnswer
  | { readonly kind: "edited_sent"; readonly effect: AskEditedEffect | SendEditedEffect }
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

/** What a server answered to a call of mesibo's API, or this machine. */
export type ServerAnswer = Exclude<Answer, MockAnswer | OperationAnswer | EditedAnswer>;

/** Everything that can happen to the application, besides keys. */
export type Signal =
  | { readonly kind: "resized"; readonly columns: number; readonly rows: number }
  | {
      readonly kind: "pasted";
      readonly text: string;
      /** Whether it takes the place of what is in the field. Default: false. */
      readonly over?: boolean | undefined;
    }
  | { readonly kind: "pointed"; readonly row: number }
  /** Done by its name, as its key would do it; nothing where it has none in focus. */
  | { readonly kind: "acted"; readonly action: Action }
  | { readonly kind: "left" }
  | { readonly kind: "profiles_listed"; readonly profiles: readonly KnownProfile[] }
  | { readonly kind: "profiles_changed"; readonly change: ConfigChange }
  | { readonly kind: "profile_tested"; readonly profile: string; readonly step: TestStep | "good" | "bad" }
  | { readonly kind: "notice_wanted"; readonly profile: string; readonly text: string }
  | { readonly kind: "connected"; readonly connection: Connection }
  | { readonly kind: "profile_failed"; readonly text: string }
  /** The mock in front is to be looked at again. */
  | { readonly kind: "watch_due" }
  | { readonly kind: "interrupt_over" }
  | { readonly kind: "called"; readonly record: CallRecord }
  | { readonly kind: "started"; readonly id: number; readonly text: string; readonly effect: Effect }
  | { readonly kind: "progressed"; readonly id: number; readonly text: string }
  /** A task goes on for so many seconds. */
  | { readonly kind: "waited"; readonly id: number; readonly seconds: number }
  /** The groups that were listed then are a minute old. */
  | { readonly kind: "aged"; readonly asOf: number }
  | { readonly kind: "ended"; readonly id: number };
