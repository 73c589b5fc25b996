/** `T` without its undefined values: a key that may be undefined may be missing instead. */
export type Given<T> = {
  [K in keyof T as undefined extends T[K] ? never : K]: T[K];
} & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** A copy of `record` without the entries that are undefined. */
export function given<T extends object>(record: T): Given<T> {
  // Not through Object.entries: this runs in every call of the mock, and the pairs would be a fifth of its garbage.
  const copy: Record<string, unknown> = {};
  for (const key in record) {
    if (record[key] !== undefined) copy[key] = record[key];
  }
  // oxlint-disable-next-line no-unsafe-type-assertion -- what is left is given, which the checker cannot see
  return copy as Given<T>;
}
