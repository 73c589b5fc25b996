/** Counts the streams of each key. */
export interface Seats {
  /** Takes a seat, and answers how to leave it; undefined where the key has no more. */
  readonly take: (key: string) => (() => void) | undefined;
}

/** Seats for so many streams of each key. */
export function createSeats(perKey: number): Seats {
  const taken = new Map<string, number>();

  return {
    take: (key) => {
      const count = taken.get(key) ?? 0;
      if (count >= perKey) return undefined;
      taken.set(key, count + 1);
      return () => {
        const left = (taken.get(key) ?? 1) - 1;
        if (left === 0) taken.delete(key);
        else taken.set(key, left);
      };
    },
  };
}
