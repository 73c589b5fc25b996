/** A file that was written, or why it was not. */
export type Saved =
  | { readonly ok: true; readonly path: string }
  | { readonly ok: false; readonly reason: string };

/** A text as a program left it, or why there is none. */
export type Handed =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly reason: string };

/** A text for a program, with the name of the file that it may need. */
export interface Handout {
  readonly name: string;
  readonly text: string;
}

/** What the application does on this machine: the clipboard, new files, and programs that have the terminal. */
export interface Desk {
  /** Copies a text and says with what; undefined where there is no way. */
  readonly copy: (text: string) => Promise<string | undefined>;
  /** Writes a new file that only its owner may read. */
  readonly save: (name: string, text: string) => Promise<Saved>;
  /** Shows a text in the pager until that is closed. */
  readonly page: (handout: Handout) => Promise<Handed>;
  /** Opens a text in the editor until that is closed, and gives the text that is left. */
  readonly edit: (handout: Handout) => Promise<Handed>;
}

const NO_TERMINAL = "There is no terminal here that a program could have.";

/** A desk without clipboard, files and programs. */
export const noDesk: Desk = {
  copy: async () => undefined,
  save: async () => ({ ok: false, reason: "There is no place for files here." }),
  page: async () => ({ ok: false, reason: NO_TERMINAL }),
  edit: async () => ({ ok: false, reason: NO_TERMINAL }),
};
