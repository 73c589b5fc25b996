import { graphemes, widthOf } from "../text/width.ts";

/** One column of a line. */
export interface Cell {
  readonly character: string;
  /** What sets its look, such as `1;36`; empty where it is plain. */
  readonly look: string;
}

/** What a code of colours and looks ends, by the code. */
const ends: Readonly<Record<number, (code: number) => boolean>> = {
  22: (code) => code === 1 || code === 2,
  23: (code) => code === 3,
  24: (code) => code === 4,
  27: (code) => code === 7,
  29: (code) => code === 9,
  39: (code) => (code >= 30 && code <= 37) || (code >= 90 && code <= 97),
  49: (code) => (code >= 40 && code <= 47) || (code >= 100 && code <= 107),
};

const isColor = ends[39] ?? (() => false);

/** The codes that are on after one more. Undefined where we do not know it. */
function withCode(on: readonly number[], code: number): readonly number[] | undefined {
  if (code === 0) return [];
  const end = ends[code];
  if (end !== undefined) return on.filter((other) => !end(other));
  const known = [1, 2, 3, 4, 7, 9].includes(code) || isColor(code) || ends[49]?.(code) === true;
  if (!known) return undefined;
  const replaced = [ends[39], ends[49]].find((isLike) => isLike?.(code));
  return [...on.filter((other) => other !== code && replaced?.(other) !== true), code].toSorted(
    (one, other) => one - other,
  );
}

/** Whether a code can be seen on a space: one that is underlined, inverse, struck through or coloured behind. */
const showsOnSpace = (code: number): boolean => [4, 7, 9].includes(code) || ends[49]?.(code) === true;

/** Whether a look can be seen on a space. */
export const isSeenOnSpace = (look: string): boolean =>
  look.split(";").some((code) => showsOnSpace(Number(code)));

// oxlint-disable-next-line no-control-regex -- control sequences are what a line is split at
const controls = /(\u001b\[[\d;]*m)/;

/**
 * The columns of a line. Undefined where they cannot be told for sure: terminals disagree about the width of
 * characters that are not one column wide, and other codes than ours may do anything.
 */
export function cellsOf(line: string): readonly Cell[] | undefined {
  const cells: Cell[] = [];
  let on: readonly number[] = [];
  for (const [index, part] of line.split(controls).entries()) {
    if (index % 2 === 1) {
      for (const code of part.slice(2, -1).split(";")) {
        const next = withCode(on, Number(code));
        if (next === undefined) return undefined;
        on = next;
      }
      continue;
    }
    const look = on.join(";");
    const blank = isSeenOnSpace(look) ? look : "";
    for (const character of graphemes(part)) {
      if (character.length !== 1 || widthOf(character) !== 1 || character < " ") return undefined;
      cells.push({ character, look: character === " " ? blank : look });
    }
  }
  return cells;
}
