import type { WorldEntry } from "../worlds.ts";

/** Where the console's first page is. */
export const HOME_PATH = "/_mock/";

/** Where the console's other pages are. */
export const CONSOLE_PATH = "/_mock/console";

/** The path of a page of a world. Worlds are named by id: a token must not stand in a URL. */
export const pagePath = ({ id }: Pick<WorldEntry, "id">, ...parts: readonly (string | number)[]): string =>
  [CONSOLE_PATH, id, ...parts].join("/");
