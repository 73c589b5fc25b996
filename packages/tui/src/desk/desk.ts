/** A file that was written, or why it was not. */
export type Saved =
  | { readonly ok: true; readonly path: string }
  | { readonly ok: false; readonly reason: string };

/** What the application does on this machine: the clipboard and new files. */
export interface Desk {
  /** Copies a text and says with what; undefined where there is no way. */
  readonly copy: (text: string) => Promise<string | undefined>;
  /** Writes a new file that only its owner may read. */
  readonly save: (name: string, text: string) => Promise<Saved>;
}

/** A desk without clipboard and files. */
export const noDesk: Desk = {
  copy: async () => undefined,
  save: async () => ({ ok: false, reason: "There is no place for files here." }),
};
