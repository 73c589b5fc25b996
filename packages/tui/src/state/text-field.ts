import type { KeyPress } from "../keys/press.ts";
import { graphemes } from "../text/width.ts";

/** A text that is being typed. */
export interface TextField {
  readonly text: string;
  /** Where the next character goes, in code units. */
  readonly caret: number;
}

/** A field with its caret at the end. */
export const textField = (text = ""): TextField => ({ text, caret: text.length });

/** Puts a text in at the caret. */
export function insert({ text, caret }: TextField, added: string): TextField {
  return { text: text.slice(0, caret) + added + text.slice(caret), caret: caret + added.length };
}

const lengthOf = (segment: string | undefined): number => segment?.length ?? 0;

// A grapheme may be shortened for printing, so the step to the left is measured from the segments' own lengths.
const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** As much of a text as one character may take: a paste can be long, and a key must stay quick. */
const NEAR = 64;

const before = ({ text, caret }: TextField): number =>
  lengthOf(Array.from(segmenter.segment(text.slice(Math.max(0, caret - NEAR), caret))).at(-1)?.segment);

const after = ({ text, caret }: TextField): number =>
  lengthOf(segmenter.segment(text.slice(caret, caret + NEAR)).containing(0)?.segment);

const removeLeft = (field: TextField, length: number): TextField => ({
  text: field.text.slice(0, field.caret - length) + field.text.slice(field.caret),
  caret: field.caret - length,
});

/** Letters and the separators behind them, to the left of the caret. */
const wordBefore = ({ text, caret }: TextField): number =>
  /[^\s,]*[\s,]*$/.exec(text.slice(0, caret))?.[0].length ?? 0;

const edits: Readonly<Record<string, (field: TextField) => TextField>> = {
  left: (field) => ({ ...field, caret: field.caret - before(field) }),
  right: (field) => ({ ...field, caret: field.caret + after(field) }),
  home: (field) => ({ ...field, caret: 0 }),
  end: (field) => ({ ...field, caret: field.text.length }),
  "ctrl+a": (field) => ({ ...field, caret: 0 }),
  "ctrl+e": (field) => ({ ...field, caret: field.text.length }),
  "ctrl+u": (field) => removeLeft(field, field.caret),
  "ctrl+w": (field) => removeLeft(field, wordBefore(field)),
  backspace: (field) => removeLeft(field, before(field)),
  delete: (field) => ({
    ...field,
    text: field.text.slice(0, field.caret) + field.text.slice(field.caret + after(field)),
  }),
};

/** The field after a key, or the same field where the key means nothing to a text. */
export function editText(field: TextField, { name, text }: KeyPress): TextField {
  const edit = edits[name];
  if (edit !== undefined) return edit(field);
  return text === undefined ? field : insert(field, text);
}

/** The text split at the caret, for drawing; `at` is the character under the caret or a space. */
export function aroundCaret({ text, caret }: TextField): {
  readonly before: string;
  readonly at: string;
  readonly after: string;
} {
  const [at = " "] = graphemes(text.slice(caret));
  return { before: text.slice(0, caret), at, after: text.slice(caret + after({ text, caret })) };
}
