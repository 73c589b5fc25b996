import { isDeepStrictEqual } from "node:util";

/** What came of a check: nothing where all is well; else what is wrong, or why it was not made. */
export type Verdict = undefined | { readonly wrong: string } | { readonly skipped: string };

/** Something that must hold. */
export interface Check {
  readonly name: string;
  readonly run: () => Promise<Verdict>;
}

/** The verdict on a value that must be exactly another. */
export const equal = (value: unknown, expected: unknown): Verdict =>
  isDeepStrictEqual(value, expected)
    ? undefined
    : { wrong: `answered ${JSON.stringify(value)}, not ${JSON.stringify(expected)}` };

/** Text as JSON, or as it is where it is none. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Makes checks one after the other, prints a line for each and a count last, and answers how many are wrong. */
export async function make(checks: readonly Check[]): Promise<number> {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const { name, run } of checks) {
    const verdict = await run().catch((error: unknown): Verdict => ({ wrong: String(error) }));
    if (verdict === undefined) {
      counts.passed += 1;
      process.stdout.write(`ok       ${name}\n`);
    } else if ("skipped" in verdict) {
      counts.skipped += 1;
      process.stdout.write(`skipped  ${name}: ${verdict.skipped}\n`);
    } else {
      counts.failed += 1;
      process.stdout.write(`WRONG    ${name}: ${verdict.wrong}\n`);
    }
  }
  process.stdout.write(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`);
  return counts.failed;
}
