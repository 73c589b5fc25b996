import { graphemes, widthOf } from "../text/width.ts";

/** One column of a line. */
export interface Cell {
  readonly character: string;
  /** What sets its look, such as `1;36`; empty where it is plain. */
  readonly look: string;
}

/** A code of colours and looks: `1`, `36`, or a colour of the palette of 256, `38;5;117`. */
type Code = string;

/** What tells codes apart: a colour of the large palette is one like any other. */
const kindOf = (code: Code): number => Number(code.split(";", 1)[0]);

const isColor = (kind: number): boolean => (kind >= 30 && kind <= 38) || (kind >= 90 && kind <= 97);

const isBackground = (kind: number): boolean => (kind >= 40 && kind <= 48) || (kind >= 100 && kind <= 107);

/** What a code ends, by the code. */
const ends: Readonly<Record<Code, (kind: number) => boolean>> = {
  22: (kind) => kind === 1 || kind === 2,
  23: (kind) => kind === 3,
  24: (kind) => kind === 4,
  27: (kind) => kind === 7,
  29: (kind) => kind === 9,
  39: isColor,
  49: isBackground,
};

/** The codes that are on after one more. Undefined where we do not know it. */
function withCode(on: readonly Code[], code: Code): readonly Code[] | undefined {
  const kind = kindOf(code);
  if (kind === 0) return [];
  const end = ends[code];
  if (end !== undefined) return on.filter((other) => !end(kindOf(other)));
  const known = [1, 2, 3, 4, 7, 9].includes(kind) || isColor(kind) || isBackground(kind);
  if (!known) return undefined;
  const replaced = [isColor, isBackground].find((isLike) => isLike(kind));
  return [...on.filter((other) => other !== code && replaced?.(kindOf(other)) !== true), code].toSorted(
    (one, other) => kindOf(one) - kindOf(other),
  );
}

/** The codes of a sequence. Undefined where one is none that we know. */
function codesOf(sequence: string): readonly Code[] | undefined {
  const codes = sequence.split(";").flatMap((code) => (code === "" ? ["0"] : [code]));
  const found: Code[] = [];
  while (codes.length > 0) {
    const [code = "0", sort, number] = codes;
    const isLarge = code === "38" || code === "48";
    if (isLarge && (sort !== "5" || number === undefined)) return undefined;
    found.push(isLarge ? `${code};5;${number ?? ""}` : code);
    codes.splice(0, isLarge ? 3 : 1);
  }
  return found;
}

/** Whether a code can be seen on a space: one that is underlined, inverse, struck through or coloured behind. */
const showsOnSpace = (kind: number): boolean => [4, 7, 9].includes(kind) || isBackground(kind);

/** Whether a look can be seen on a space. */
export const isSeenOnSpace = (look: string): boolean =>
  (codesOf(look) ?? []).some((code) => showsOnSpace(kindOf(code)));

// oxlint-disable-next-line no-control-regex -- control sequences are what a line is split at
const controls = /(\u001b\[[\d;]*m)/;

/**
 * The columns of a line. Undefined where they cannot be told for sure: terminals disagree about the width of
 * characters that are not one column wide, and other codes than ours may do anything.
 */
export function cellsOf(line: string): readonly Cell[] | undefined {
  const cells: Cell[] = [];
  let on: readonly Code[] = [];
  for (const [index, part] of line.split(controls).entries()) {
    if (index % 2 === 1) {
      const codes = codesOf(part.slice(2, -1));
      if (codes === undefined) return undefined;
      for (const code of codes) {
        const next = withCode(on, code);
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
