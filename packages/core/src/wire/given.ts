/** `T` without its undefined values: a key that may be undefined may be missing instead. */
export type Given<T> = {
  [K in keyof T as undefined extends T[K] ? never : K]: T[K];
} & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** A copy of `record` without the entries that are undefined. */
export function given<T extends object>(record: T): Given<T> {
  // oxlint-disable-next-line no-unsafe-type-assertion -- Object.fromEntries forgets which keys it was given
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as Given<T>;
}
