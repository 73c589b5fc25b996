import type { Figure, Measurement, Skipped } from "./stats.ts";

/** One line of the results: a ratio of two sets of paired samples, a figure beside its limit, or why there is none. */
export type Row = Measurement | Figure | Skipped;

/** How thorough a run is. */
export interface Plan {
  /** Fewer rounds: everything within three minutes. */
  readonly quick: boolean;
  /** How long the soak loads, in minutes; 0: not at all. */
  readonly soakMinutes: number;
}

/** What can be measured by itself: `pnpm bench <name>`. */
export interface Bench {
  readonly name: string;
  readonly run: (plan: Plan) => Promise<readonly Row[]> | readonly Row[];
}
