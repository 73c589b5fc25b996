/** How many letters to add, drop or change to turn one text into the other. */
function distance(left: string, right: string): number {
  let row = Array.from(right, (_, column) => column + 1);
  let far = right.length;
  for (const [index, a] of left.split("").entries()) {
    let diagonal = index;
    let before = index + 1;
    row = row.map((above, column) => {
      before = Math.min(above + 1, before + 1, diagonal + (right[column] === a ? 0 : 1));
      diagonal = above;
      return before;
    });
    far = before;
  }
  return far;
}

const MAX_LENGTH = 40;

/**
 * The first of the nearest candidates, where fewer than three letters or half of the word differ; else undefined.
 * Looks at the word's first 40 characters.
 *
 * @example
 * ```ts
 * import { nearest } from "@mesibo-groups/core";
 *
 * console.assert(nearest("groupmake", ["groupadd", "groupdel", "useradd"]) === "groupadd");
 * console.assert(nearest("hello", ["groupadd"]) === undefined);
 * ```
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const asked = word.slice(0, MAX_LENGTH);
  let limit = Math.max(3, asked.length / 2);
  let found: string | undefined;
  for (const candidate of candidates) {
    // Stryker disable next-line ConditionalExpression,EqualityOperator: it only saves the table of a hopeless candidate
    if (Math.abs(candidate.length - asked.length) >= limit) continue;
    const far = distance(asked, candidate);
    if (far >= limit) continue;
    limit = far;
    found = candidate;
  }
  return found;
}
