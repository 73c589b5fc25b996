import en from "zod/v4/locales/en.js";
import type * as z from "zod/mini";

type Issue = z.core.$ZodIssue;

const depth = (issues: readonly Issue[]): number => Math.max(0, ...issues.map(({ path }) => path.length));

/** Of a value that fits none of several shapes, what keeps it from the one that it comes nearest to. */
function nearestShape(issue: Issue): readonly Issue[] {
  if (issue.code !== "invalid_union" || issue.errors.length === 0) return [issue];
  const [nearest = []] = issue.errors.toSorted((a, b) => depth(b) - depth(a));
  return nearest.flatMap(nearestShape).map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }));
}

function wordsOf(issue: Issue): string {
  // Where a discriminator fits no shape, zod lists what would, in a member that its types leave out.
  const options: unknown = Reflect.get(issue, "options");
  return Array.isArray(options) ? `must be one of ${options.map(String).join(", ")}` : issue.message;
}

// zod/mini has no words of its own.
const error = en().localeError;

const MAX_FAULTS = 5;

/** A value of a schema's type, or what is wrong, in one line that starts with the place. */
export type Parsed<T> =
  | { readonly ok: true; readonly data: T }
  | { readonly ok: false; readonly reason: string };

/** Reads a value that came from elsewhere; `root` is what to call it. */
export function parse<T extends z.ZodMiniType>(schema: T, value: unknown, root: string): Parsed<z.output<T>> {
  const read = schema.safeParse(value, { error });
  if (read.success) return { ok: true, data: read.data };
  const faults = read.error.issues.flatMap(nearestShape).map((issue) => {
    const place = [root, ...issue.path].map(String).join(".");
    return `${place}: ${wordsOf(issue)}`;
  });
  return { ok: false, reason: faults.slice(0, MAX_FAULTS).join("; ") };
}
