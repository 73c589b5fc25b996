import type { Action } from "../keys/keys.ts";
import type { Event } from "../state/update.ts";

/** What an answer does: things that happen to the application, or a question of its own first. */
export type Choice = { readonly kind: "events"; readonly events: readonly Event[] } | Ask;

/** A question whose answer is a text. */
export interface Ask {
  readonly kind: "ask";
  /** The question, as a sentence. */
  readonly question: string;
  /** Whether the answer has several lines, and ends with an empty one. */
  readonly many?: boolean | undefined;
  /** What an empty answer does; undefined where it leaves everything as it is. */
  readonly empty?: readonly Event[] | undefined;
  readonly answer: (text: string) => readonly Event[];
}

/** Something that is chosen by its number. */
export interface Item {
  /** One sentence, and a whole one: it is read out alone when it changes. */
  readonly text: string;
  readonly choice: Choice;
}

/** What is in front, in sentences. */
export interface Page {
  /** Where we are. Said when it changes. */
  readonly title: string;
  readonly lines: readonly string[];
  readonly items: readonly Item[];
  /** A question that has to be answered before anything else. */
  readonly ask?: Ask | undefined;
}

/** Presses keys that are nobody's to change. */
export const keys = (...names: readonly ("esc" | "y" | "ctrl+c")[]): readonly Event[] =>
  names.map((name): Event => ({ kind: "key", key: { name } }));

/** Does actions, whatever their keys are. */
export const acts = (...actions: readonly Action[]): readonly Event[] =>
  actions.map((action): Event => ({ kind: "acted", action }));

/** Does actions when it is chosen. */
export const choose = (...actions: readonly Action[]): Choice => ({
  kind: "events",
  events: acts(...actions),
});

/** Replaces the text in focus. */
export const typeOver = (text: string): readonly Event[] => [{ kind: "pasted", text, over: true }];

/** Puts the cursor of the list in front on a row, then does actions. */
export const pointAt = (row: number, ...actions: readonly Action[]): Choice => ({
  kind: "events",
  events: [{ kind: "pointed", row }, ...acts(...actions)],
});

/** Goes some fields on in a form. */
export const fieldsOn = (steps: number): readonly Action[] =>
  Array.from({ length: steps }, () => "next_field");
