import type { IBufferCell, IBufferLine, Terminal } from "@xterm/headless";

const CELL = { width: 8.4, height: 18 } as const;
const MARGIN = 14;
const BASELINE = 13;
const BACKGROUND = "#16181d";
const FOREGROUND = "#d7dae0";

/** The terminal's sixteen colours; others than these the application does not use. */
const palette = [
  "#16181d",
  "#f2777a",
  "#8fd18f",
  "#e5c07b",
  "#6cb6ff",
  "#d7a0e8",
  "#63d3d9",
  "#d7dae0",
  "#7c828d",
  "#ff8f92",
  "#a8e6a8",
  "#f5d595",
  "#8cc8ff",
  "#e6b8f5",
  "#85e8ee",
  "#ffffff",
] as const;

interface Look {
  readonly color: string;
  readonly background: string;
  readonly bold: boolean;
  readonly dim: boolean;
}

interface Run extends Look {
  readonly column: number;
  readonly columns: number;
  readonly text: string;
}

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

const rounded = (value: number): string => String(Math.round(value * 100) / 100);

function lookOf(cell: IBufferCell): Look {
  const color = cell.isFgPalette() ? (palette[cell.getFgColor()] ?? FOREGROUND) : FOREGROUND;
  const background = cell.isBgPalette() ? (palette[cell.getBgColor()] ?? BACKGROUND) : BACKGROUND;
  const inverse = cell.isInverse() !== 0;
  return {
    color: inverse ? background : color,
    background: inverse ? color : background,
    bold: cell.isBold() !== 0,
    dim: cell.isDim() !== 0,
  };
}

const alike = (a: Look, b: Look): boolean =>
  a.color === b.color && a.background === b.background && a.bold === b.bold && a.dim === b.dim;

/** The runs of cells of a line that look alike. */
function runsOf(line: IBufferLine | undefined): readonly Run[] {
  const runs: Run[] = [];
  for (let column = 0; column < (line?.length ?? 0); column += 1) {
    const cell = line?.getCell(column);
    // A wide character takes the cell behind it too.
    if (cell === undefined || cell.getWidth() === 0) continue;
    const look = lookOf(cell);
    const text = cell.getChars() || " ";
    const last = runs.at(-1);
    // A space looks the same in every look without a background, so it tells nothing of what was drawn there before.
    const isBlank = cell.getChars().trim() === "" && look.background === BACKGROUND;
    if (last !== undefined && (alike(last, look) || (isBlank && last.background === BACKGROUND))) {
      runs[runs.length - 1] = { ...last, text: last.text + text, columns: last.columns + cell.getWidth() };
    } else {
      runs.push({ ...look, column, columns: cell.getWidth(), text });
    }
  }
  return runs;
}

function drawn({ column, columns, text, color, background, bold, dim }: Run, row: number): readonly string[] {
  const x = rounded(MARGIN + column * CELL.width);
  const top = MARGIN + row * CELL.height;
  const width = rounded(columns * CELL.width);
  const box =
    background === BACKGROUND
      ? []
      : [`<rect x="${x}" y="${top}" width="${width}" height="${CELL.height}" fill="${background}"/>`];
  if (text.trim() === "") return box;
  const style = `${bold ? ' font-weight="bold"' : ""}${dim ? ' opacity="0.65"' : ""}`;
  // Spaces at the ends place nothing, and renderers collapse those in between unless they are hard.
  const indent = text.length - text.trimStart().length;
  const words = text.trim();
  const inset = rounded(MARGIN + (column + indent) * CELL.width);
  const length = rounded((columns - (text.length - words.length)) * CELL.width);
  // The length is given, so that a font of another width keeps the columns.
  const place = `x="${inset}" y="${top + BASELINE}" textLength="${length}" fill="${color}"`;
  return [...box, `<text ${place}${style}>${escaped(words.replaceAll(" ", "\u00a0"))}</text>`];
}

/** What a picture says to those who do not see it. */
export interface Caption {
  readonly title: string;
  readonly description: string;
}

/** The terminal's screen as an SVG, in its colours: no script and no font from elsewhere. */
export function svgOf(terminal: Terminal, { title, description }: Caption): string {
  const buffer = terminal.buffer.active;
  const width = rounded(terminal.cols * CELL.width + 2 * MARGIN);
  const height = terminal.rows * CELL.height + 2 * MARGIN;
  const rows = Array.from({ length: terminal.rows }, (_, row) =>
    runsOf(buffer.getLine(buffer.baseY + row)).flatMap((run) => drawn(run, row)),
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title description">`,
    `<title id="title">${escaped(title)}</title>`,
    `<desc id="description">${escaped(description)}</desc>`,
    `<rect width="${width}" height="${height}" rx="8" fill="${BACKGROUND}"/>`,
    `<g font-family="ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14">`,
    ...rows.flat(),
    "</g>",
    "</svg>",
    "",
  ].join("\n");
}
