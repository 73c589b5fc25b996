import type { State } from "../model.ts";
import { openList } from "../rows.ts";

/** Why nothing can be done with a row here; undefined where the list in front has one. */
export const needsRow = (state: State): string | undefined =>
  openList(state)?.count === 0 ? "There is no row here." : undefined;
