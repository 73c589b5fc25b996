import { mkdir, writeFile } from "node:fs/promises";
import { arch, cpus, platform, totalmem } from "node:os";
import type { Row } from "./bench.ts";
import { EDITS_TABLE } from "./edit-cost.ts";
import { barPlot, curvePlot, type Bars } from "./plot.ts";
import { path } from "./server.ts";
import type { Measurement } from "./stats.ts";
import { markdownTable, number, tablesOf } from "./table.ts";

/** What one bench gave. */
export interface Result {
  readonly bench: string;
  readonly seconds: number;
  readonly rows: readonly Row[];
}

/** The machine as far as it explains a figure: its class, and no name. */
export const machine = (): string =>
  `${cpus().length} x ${cpus()[0]?.model.trim() ?? "a processor"}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${platform()} ${arch()}`;

const isRatio = (row: Row): row is Measurement => "ratio" in row;

/** The ratios of a table's column by its rows. */
function column(rows: readonly Row[], table: string, name: string): ReadonlyMap<string, number> {
  const own = rows.filter(isRatio).filter(({ cell }) => cell?.table === table && cell.column === name);
  return new Map(own.map(({ cell, ratio }) => [cell?.row ?? "", ratio]));
}

const GET = "groupadd by GET, x bare node:http";
const POST = "groupadd by POST, x bare node:http";
const START = "Start and memory";
const FIRST = "first answer, x node -e 0";

const key = ({ values }: Bars): number => values.find((value) => !Number.isNaN(value)) ?? Number.NaN;

/** Rows of bars from columns, best first where more is better, else least first. */
function bars(columns: readonly ReadonlyMap<string, number>[], moreIsBetter: boolean): readonly Bars[] {
  const names = [...new Set(columns.flatMap((one) => [...one.keys()]))];
  const rows = names.map((name) => ({
    name,
    values: columns.map((one) => one.get(name) ?? Number.NaN),
    ours: name.startsWith("mesibo-mock"),
  }));
  return rows.toSorted((a, b) => (moreIsBetter ? key(b) - key(a) : key(a) - key(b)));
}

function plots(rows: readonly Row[]): ReadonlyMap<string, string> {
  const drawn = new Map<string, string>();
  const throughput = bars([column(rows, GET, "requests/s"), column(rows, POST, "requests/s")], true);
  if (throughput.length > 0)
    drawn.set(
      "throughput",
      barPlot({
        title: "A group is added: requests per second",
        note: "64 connections; 1 is bare node:http with a token check and no state; more is better",
        series: ["GET", "POST"],
        rows: throughput,
      }),
    );
  const cpu = bars([column(rows, GET, "CPU per request"), column(rows, POST, "CPU per request")], false);
  if (cpu.length > 0)
    drawn.set(
      "cpu",
      barPlot({
        title: "A group is added: CPU time for each request",
        note: "1 is bare node:http; less is better",
        series: ["GET", "POST"],
        rows: cpu,
      }),
    );
  const starts = bars([column(rows, START, FIRST)], false);
  if (starts.length > 0)
    drawn.set(
      "start",
      barPlot({
        title: "From the start of the process to its first answer",
        note: "1 is a whole run of node -e 0; less is better",
        series: ["start"],
        rows: starts,
      }),
    );
  const edits = column(rows, EDITS_TABLE, "x one edit in a group of 10");
  const points = [...edits].map(([members, ratio]) => [Number(members.replaceAll(",", "")), ratio] as const);
  if (points.length > 1)
    drawn.set(
      "edits",
      curvePlot({
        title: "The cost of one edit, by the members that its group has",
        note: "1 is an edit in another group of 10",
        points,
        limit: 1.2,
      }),
    );
  return drawn;
}

/** How far bare node:http may be from itself. */
const TRUSTED = 0.15;

/** What the machine's noise makes of a comparison of bare node:http with itself. */
function noise(rows: readonly Row[]): string {
  const same = rows
    .filter(isRatio)
    .filter(({ cell }) => cell?.row === "bare node:http, once more" && cell.column === "requests/s")
    .map(({ ratio }) => ratio);
  if (same.length === 0) return "";
  const told = `Bare node:http beside itself gave ${same.map(number).join(" (GET) and ")} (POST).`;
  return same.every((ratio) => Math.abs(ratio - 1) <= TRUSTED)
    ? `${told}\n\n`
    : `${told} **The machine was busy: this run is void.** It counts when both are within ${TRUSTED} of 1.\n\n`;
}

/** What mocks of any API do, without being written for this one. */
const generalTools = /^(?:json-server|MSW|Prism|Mockoon|WireMock)/;

/** How many times as good as each peer the mock is: of two ratios to the same base. */
function besidePeers(rows: readonly Row[]): readonly Row[] {
  const one = (table: string, name: string, moreIsBetter: boolean): readonly Row[] => {
    const ratios = column(rows, table, name);
    const own = ratios.get("mesibo-mock");
    if (own === undefined) return [];
    return [...ratios]
      .filter(([row]) => !row.startsWith("mesibo-mock") && !row.startsWith("bare"))
      .map(([row, ratio]) => ({
        name: `mesibo-mock beside ${row}`,
        cell: {
          table: "How many times as good as each peer mesibo-mock is",
          row,
          column: labels[table]?.[name] ?? name,
        },
        value: moreIsBetter ? own / ratio : ratio / own,
        unit: "times",
        target: name === "requests/s" && generalTools.test(row) ? "at least 4" : "",
      }));
  };
  const labels: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    [GET]: { "requests/s": "GET, requests/s", "CPU per request": "GET, CPU" },
    [POST]: { "requests/s": "POST, requests/s", "CPU per request": "POST, CPU" },
    [START]: { [FIRST]: "first answer" },
  };
  return [
    ...one(GET, "requests/s", true),
    ...one(GET, "CPU per request", false),
    ...one(POST, "requests/s", true),
    ...one(POST, "CPU per request", false),
    ...one(START, FIRST, false),
  ];
}

const isCelled = (row: Row): boolean => "cell" in row && row.cell !== undefined;

/** Writes RESULTS.md and its plots. Benches that were not run are not in it. */
export async function writeResults(results: readonly Result[], how: string): Promise<void> {
  const rows = results.flatMap(({ rows: own }) => own);
  const drawn = plots(rows);
  await mkdir(path("bench/plots"), { recursive: true });
  for (const [name, text] of drawn) await writeFile(path(`bench/plots/${name}.svg`), text);
  const side = tablesOf([...besidePeers(rows), ...rows.filter(isCelled)])
    .map(markdownTable)
    .join("\n");
  const rest = results
    .map(({ bench, rows: own }) => ({ bench, plain: own.filter((row) => !isCelled(row)) }))
    .filter(({ plain }) => plain.length > 0)
    .map(({ bench, plain }) => `### ${bench}\n\n${tablesOf(plain).map(markdownTable).join("\n")}`)
    .join("\n");
  const pictures = [...drawn.keys()].map((name) => `![${name}](plots/${name}.svg)\n`).join("\n");
  const text = `# Results

${new Date().toISOString().slice(0, 10)}, Node ${process.version.slice(1)}, ${machine()}. Written by \`${how}\`; [what is measured and how](README.md). A ratio is a median of paired ratios.

${noise(rows)}${pictures}
## Side by side

${side}
## By themselves

${rest}`;
  await writeFile(path("bench/RESULTS.md"), `${text.trimEnd()}\n`);
}
