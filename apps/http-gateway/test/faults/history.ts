/** A value of a register; undefined is absent. */
export type Value = string | undefined;

/** One question to one register, with when it was asked and answered on a clock that only counts. */
export interface Step {
  readonly begin: number;
  /** Infinite where nobody knows what came of it: it may come to pass at any time after its beginning, or never. */
  readonly end: number;
  readonly act: "write" | "read";
  readonly value: Value;
}

/** A clock that counts questions and answers. */
export function createCounter(): () => number {
  let count = 0;
  return () => (count += 1);
}

/**
 * Whether one order explains every answer: each write and read happens at one moment between its question and its
 * answer, and a read sees the latest write (Wing and Gong's search). Tells an acknowledged write that was lost or
 * came out of order.
 */
export function isExplained(steps: readonly Step[], start: Value): boolean {
  const refuted = new Set<string>();

  function search(left: readonly Step[], value: Value): boolean {
    const answered = left.filter(({ end }) => end < Number.POSITIVE_INFINITY);
    if (answered.length === 0) return true;
    const state = `${left.map(({ begin }) => begin).join()}|${value ?? "\0"}`;
    if (refuted.has(state)) return false;
    // Whoever began after another was answered cannot come before it.
    const firstEnd = Math.min(...answered.map(({ end }) => end));
    for (const step of left) {
      if (step.begin > firstEnd) continue;
      if (step.act === "read" && step.value !== value) continue;
      const after = step.act === "write" ? step.value : value;
      if (
        search(
          left.filter((other) => other !== step),
          after,
        )
      )
        return true;
    }
    refuted.add(state);
    return false;
  }

  return search(
    steps.filter(({ act, end }) => act === "write" || end < Number.POSITIVE_INFINITY),
    start,
  );
}
