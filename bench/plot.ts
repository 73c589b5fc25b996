/** A plot is an SVG of its own: no script, no font from outside, readable on light and on dark. */

const WIDTH = 760;
const LABELS = 225;
const VALUES = 60;
const BAR = 13;
const GAP = 10;

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

// Each pair of colours is told apart in greys too; the words beside the bars say the same.
const style = `
    text { font: 13px ui-sans-serif, system-ui, sans-serif; fill: #1f2328 }
    .title { font-weight: 600; font-size: 15px }
    .note { fill: #59636e }
    .axis { stroke: #59636e; fill: none }
    .first { fill: #0550ae; stroke: #0550ae }
    .second { fill: #b4690e; stroke: #b4690e }
    .line { fill: none !important; stroke-width: 2 }
    .ours { font-weight: 600 }
    @media (prefers-color-scheme: dark) {
      text { fill: #f0f6fc }
      .note { fill: #9198a1 }
      .axis { stroke: #9198a1 }
      .first { fill: #79c0ff; stroke: #79c0ff }
      .second { fill: #e3b341; stroke: #e3b341 }
    }`;

interface Drawing {
  readonly title: string;
  readonly note: string;
  readonly height: number;
  readonly body: string;
}

const svg = ({ title, note, height, body }: Drawing): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${escaped(`${title}. ${note}`)}">
  <style>${style}
  </style>
  <text class="title" x="0" y="18">${escaped(title)}</text>
  <text class="note" x="0" y="38">${escaped(note)}</text>
${body}
</svg>
`;

/** A row of bars, one for each series; NaN draws none. */
export interface Bars {
  readonly name: string;
  readonly values: readonly number[];
  /** Whether its name stands out. */
  readonly ours: boolean;
}

/** Rows of horizontal bars. */
export interface BarPlot {
  readonly title: string;
  readonly note: string;
  /** One or two names; the values of a row are in their order. */
  readonly series: readonly string[];
  readonly rows: readonly Bars[];
}

const classes = ["first", "second"];
const shown = (value: number): string => (value < 10 ? value.toFixed(2) : value.toFixed(0));

/** Draws rows of bars, with each value as a number at its end. */
export function barPlot({ title, note, series, rows }: BarPlot): string {
  const most = Math.max(...rows.flatMap(({ values }) => values.filter((value) => !Number.isNaN(value))));
  const scale = (WIDTH - LABELS - VALUES) / most;
  const rowHeight = series.length * BAR + GAP;
  const legend = series.length === 1 ? [] : series;
  const top = legend.length === 0 ? 54 : 76;
  const keys = legend.map((name, index) => {
    const x = LABELS + index * 150;
    return `  <rect class="${classes[index] ?? ""}" x="${x}" y="50" width="12" height="12"/><text x="${x + 18}" y="61">${escaped(name)}</text>`;
  });
  const bars = rows.flatMap(({ name, values, ours }, row) => {
    const y = top + row * rowHeight;
    const label = `  <text${ours ? ' class="ours"' : ""} x="${LABELS - 10}" y="${y + (series.length * BAR) / 2 + 5}" text-anchor="end">${escaped(name)}</text>`;
    const drawn = values.flatMap((value, index) => {
      if (Number.isNaN(value)) return [];
      const width = Math.max(1, value * scale).toFixed(1);
      const at = y + index * BAR;
      return [
        `  <rect class="${classes[index] ?? ""}" x="${LABELS}" y="${at}" width="${width}" height="${BAR - 2}"/>`,
        `  <text x="${(LABELS + Number(width) + 6).toFixed(1)}" y="${at + BAR - 3}">${shown(value)}</text>`,
      ];
    });
    return [label, ...drawn];
  });
  return svg({
    title,
    note,
    height: top + rows.length * rowHeight + 6,
    body: [...keys, ...bars].join("\n"),
  });
}

/** A curve over powers of ten. */
export interface CurvePlot {
  readonly title: string;
  readonly note: string;
  readonly points: readonly (readonly [x: number, y: number])[];
  /** A line that the curve should stay below. */
  readonly limit: number;
}

/** Draws a curve over powers of ten, with each point's value beside it. */
export function curvePlot({ title, note, points, limit }: CurvePlot): string {
  const [left, right, top, bottom] = [60, WIDTH - 80, 70, 260];
  const decades = points.map(([x]) => Math.log10(x));
  const [least, most] = [Math.min(...decades), Math.max(...decades)];
  const high = 1.25 * Math.max(limit, ...points.map(([, y]) => y));
  const across = (x: number): string =>
    (left + ((Math.log10(x) - least) / (most - least)) * (right - left)).toFixed(1);
  const up = (y: number): string => (bottom - (y / high) * (bottom - top)).toFixed(1);
  const path = points.map(([x, y], index) => `${index === 0 ? "M" : "L"}${across(x)} ${up(y)}`).join(" ");
  const marks = points.map(
    ([x, y]) =>
      `  <circle class="first" cx="${across(x)}" cy="${up(y)}" r="4"/><text x="${across(x)}" y="${Number(up(y)) + 20}" text-anchor="middle">${shown(y)}</text><text class="note" x="${across(x)}" y="${bottom + 20}" text-anchor="middle">${x.toLocaleString("en")}</text>`,
  );
  const body = [
    `  <path class="axis" d="M${left - 30} ${top} V${bottom} H${right}"/>`,
    `  <path class="second line" stroke-dasharray="6 4" d="M${left} ${up(limit)} H${right}"/><text x="${right + 6}" y="${Number(up(limit)) + 4}">at most ${limit}</text>`,
    `  <path class="first line" d="${path}"/>`,
    ...marks,
  ].join("\n");
  return svg({ title, note, height: bottom + 34, body });
}
