import type { EditedCall } from "../call/draft.ts";
import type { Handout } from "../desk/desk.ts";

/** The parameters of a call as a text to edit. */
export interface Draft extends Handout {
  /** The text as it opened at first: left like that, nothing is sent. */
  readonly first: string;
}

/** Has the parameters of a call edited; nothing is sent by that. */
export interface EditCallEffect {
  readonly kind: "edit_call";
  readonly draft: Draft;
}

/** Sends a call that somebody has edited, and that only asks. */
export interface AskEditedEffect {
  readonly kind: "ask_edited";
  readonly call: EditedCall;
}

/** Sends a call that somebody has edited, and that changes something. */
export interface SendEditedEffect {
  readonly kind: "send_edited";
  readonly call: EditedCall;
}

/** What became of a call in the editor. */
export type EditedAnswer =
  | { readonly kind: "call_edited"; readonly draft: Draft; readonly call: EditedCall }
  | { readonly kind: "call_faulty"; readonly draft: Draft; readonly faults: readonly string[] }
  | { readonly kind: "call_dropped"; readonly reason: string };
