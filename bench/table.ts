import type { Row } from "./bench.ts";

/** Rows as lines of text cells, under a heading. */
export interface Table {
  readonly title: string;
  readonly head: readonly string[];
  readonly lines: readonly (readonly string[])[];
}

const digits = (count: number) =>
  new Intl.NumberFormat("en", { minimumFractionDigits: count, maximumFractionDigits: count });
const [small, middle, large] = [digits(3), digits(2), digits(0)];

/** A figure as people read it. */
export function number(value: number): string {
  if (Number.isNaN(value)) return "not known";
  const size = Math.abs(value);
  if (size >= 100) return large.format(value);
  return (size < 0.1 && size > 0 ? small : middle).format(value);
}

const valueOf = (row: Row): string =>
  "skipped" in row ? `skipped: ${row.skipped}` : number("ratio" in row ? row.ratio : row.value);

const unitOf = (row: Row): string => {
  if ("skipped" in row) return "";
  return "ratio" in row ? `x ${row.of}` : row.unit;
};

const targetOf = (row: Row): string => ("skipped" in row ? "" : row.target);

const withTarget = (row: Row): string =>
  targetOf(row) === "" ? valueOf(row) : `${valueOf(row)} (${targetOf(row)})`;

const unique = (values: readonly string[]): readonly string[] => [...new Set(values)];

/** Rows with a cell side by side in tables of their own, the others one below the other, in a table without title. */
export function tablesOf(rows: readonly Row[]): readonly Table[] {
  const celled = rows.flatMap((row) =>
    "cell" in row && row.cell !== undefined ? [{ ...row.cell, value: row }] : [],
  );
  const titles = unique(celled.map(({ table }) => table));
  const pivots = titles.map((title): Table => {
    const own = celled.filter(({ table }) => table === title);
    const columns = unique(own.map(({ column }) => column));
    const lines = unique(own.map(({ row }) => row)).map((name) => [
      name,
      ...columns.map((column) => {
        const found = own.find((one) => one.row === name && one.column === column);
        return found === undefined ? "" : withTarget(found.value);
      }),
    ]);
    return { title, head: ["", ...columns], lines };
  });
  const plain = rows.filter((row) => !("cell" in row) || row.cell === undefined);
  if (plain.length === 0) return pivots;
  const lines = plain.map((row) => [row.name, valueOf(row), unitOf(row), targetOf(row)]);
  return [...pivots, { title: "", head: ["", "value", "unit", "target"], lines }];
}

/** A table for a terminal or a pipe: columns of equal width, numbers to the right. */
export function plainTable({ title, head, lines }: Table): string {
  const all = [head, ...lines];
  const widths = head.map((_, column) => Math.max(...all.map((line) => line[column]?.length ?? 0)));
  const text = all.map((line) =>
    line
      .map((cell, column) =>
        /^[\d.,-]+( \(|$)/.test(cell) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join("  ")
      .trimEnd(),
  );
  return `${title === "" ? "" : `${title}\n`}${text.join("\n")}\n`;
}

const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

/** A table for Markdown. */
export function markdownTable({ title, head, lines }: Table): string {
  const rule = line(head.map((_, column) => (column === 0 ? "---" : "---:")));
  return [...(title === "" ? [] : [`### ${title}`, ""]), line(head), rule, ...lines.map(line), ""].join("\n");
}
