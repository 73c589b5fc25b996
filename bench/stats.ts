/** The middle value; of an even number of values the upper of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Where a line stands in a table of its own, of several things measured in the same ways. */
export interface Cell {
  readonly table: string;
  readonly row: string;
  readonly column: string;
}

/** One line of the table: a ratio with the samples that it comes from. */
export interface Measurement {
  readonly name: string;
  readonly cell?: Cell | undefined;
  /** What the ratio is of. */
  readonly of: string;
  readonly ratio: number;
  readonly target: string;
  /** Raw samples by label, in `unit`. */
  readonly samples: Readonly<Record<string, readonly number[]>>;
  readonly unit: string;
}

/** The measurement of two labelled sets of samples taken in pairs: the median of the paired ratios. */
export function paired(
  facts: Omit<Measurement, "ratio" | "samples">,
  over: readonly [string, readonly number[]],
  under: readonly [string, readonly number[]],
): Measurement {
  const ratios = over[1].map((value, index) => value / (under[1][index] ?? Number.NaN));
  return { ...facts, ratio: median(ratios), samples: { [over[0]]: over[1], [under[0]]: under[1] } };
}

/** A figure that is no ratio: what a server took, beside its limit. */
export interface Figure {
  readonly name: string;
  readonly cell?: Cell | undefined;
  readonly value: number;
  readonly unit: string;
  readonly target: string;
  /** Raw samples, where there are several. */
  readonly samples?: readonly number[] | undefined;
}

/** The value that so many percent of the values do not exceed. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil((sorted.length * percent) / 100) - 1] ?? Number.NaN;
}

/** What could not be measured, and why. */
export interface Skipped {
  readonly name: string;
  readonly skipped: string;
}
