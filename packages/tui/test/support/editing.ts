import { noDesk, type Desk } from "../../src/desk/desk.ts";

/** A desk whose editor leaves something else of each text that it is given. */
export const editing = (edit: (text: string) => string): Desk => ({
  ...noDesk,
  edit: async ({ text }) => ({ ok: true, text: edit(text) }),
});
