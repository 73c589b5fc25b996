import type { Gid, GroupFlags, Permissions } from "@mesibo-groups/core";
import type { BulkList } from "../bulk/read.ts";
import type { UnknownOperation } from "../operation.ts";
import type { ControlEffect } from "./control-effects.ts";
import type { AskEditedEffect, Draft } from "./edited-effects.ts";
import type { OperationEffect } from "./operation-effects.ts";
import type { Mutation, ProfileEffect, ReadFileEffect, ReversalStack } from "./effects.ts";
import type { TextField } from "./text-field.ts";

/** Something in front of a screen that wants an answer. */
export type Dialog =
  | ConfirmDialog
  | ConflictDialog
  | DraftDialog
  | BulkDialog
  | ResultDialog
  | MessageDialog
  | NoticeDialog
  | PaletteDialog
  | PromptDialog;

/** Asks before something destructive or far-reaching. Enter never confirms it. */
export interface ConfirmDialog {
  readonly kind: "confirm";
  readonly title: string;
  readonly lines: readonly string[];
  /** What `y` does, such as `remove them`. */
  readonly verb: string;
  /** What has to be typed before `y` counts, or undefined where `y` is enough. */
  readonly phrase: string | undefined;
  readonly typed: TextField;
  readonly effects: readonly (Mutation | AskEditedEffect | ProfileEffect | ControlEffect | OperationEffect)[];
  /** The job of unknown outcome that is sent again. */
  readonly repeats?: number | undefined;
  /** The dialog that it stands in front of, and goes back to. */
  readonly over?: Dialog | undefined;
  /** The stack whose last reversal this is. */
  readonly takes?: ReversalStack | undefined;
  /** The dialog that a cancel leads back to. */
  readonly back?: ResultDialog | undefined;
}

/** Contradictory flag bits are about to be written: keep or settle them. */
export interface ConflictDialog {
  readonly kind: "conflict";
  readonly messages: readonly string[];
  readonly settled: GroupFlags;
}

/** An edited call that was not sent: what is wrong with it, where something is. It can be edited again. */
export interface DraftDialog {
  readonly kind: "draft";
  readonly draft: Draft;
  readonly faults: readonly string[];
}

/** Members to add: a list that is typed, pasted or in a file, then looked over. */
export interface BulkDialog {
  readonly kind: "bulk";
  readonly gid: Gid;
  readonly text: TextField;
  /** The file that is on its way. */
  readonly reading: ReadFileEffect | undefined;
  /** Why the list cannot be read. */
  readonly fault: string | undefined;
  /** The list as it was read; undefined while it is typed. */
  readonly list: BulkList | undefined;
  /** For what the rows do not say. */
  readonly permissions: Permissions;
  /** Rows scrolled in the preview. */
  readonly top: number;
}

/** What became of a bulk job, member by member. */
export interface ResultDialog {
  readonly kind: "result";
  readonly job: number;
  /** Rows scrolled. */
  readonly top: number;
  /** Where its failures were written, or why they were not. */
  readonly note?: string | undefined;
}

/** Every command by its words. */
export interface PaletteDialog {
  readonly kind: "palette";
  readonly query: TextField;
  readonly cursor: number;
}

/** Asks for one text. */
export interface PromptDialog {
  readonly kind: "prompt";
  readonly of: "advance" | "fork" | "export" | "made";
  readonly text: TextField;
  /** The one whose group the gid is asked of. */
  readonly operation?: UnknownOperation | undefined;
}

/** What is said before the first call; leaving it leaves the application without one. */
export interface NoticeDialog {
  readonly kind: "notice";
  readonly text: string;
  /** The profile that would be connected to instead of this one; undefined before the first connection. */
  readonly profile?: string | undefined;
}

/** A text to read. */
export interface MessageDialog {
  readonly kind: "message";
  readonly title: string;
  readonly text: string;
  readonly top: number;
  /** The profile whose test it tells of, and goes on telling of. */
  readonly tests?: string | undefined;
}
