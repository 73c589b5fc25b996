import type { Folding } from "../../src/data/open.ts";

const size = (rows: number) => ({ rows, chars: Number.MAX_SAFE_INTEGER });

/** Folds a log by its rows alone. */
export const byRows = (atRest: number, running: number): Folding => ({
  atRest: size(atRest),
  running: size(running),
});
