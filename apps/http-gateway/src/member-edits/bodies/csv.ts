import { permissionNames } from "@mesibo-groups/core";
import { ProblemError } from "../../problem.ts";
import { csvRows } from "./csv-rows.ts";
import type { Line, LinesAsked } from "./line.ts";

function malformed(detail: string): ProblemError {
  return new ProblemError("malformed", { detail });
}

function checkHeader(header: readonly string[], removals: boolean): void {
  const allowed: readonly string[] = ["address", ...permissionNames, ...(removals ? ["remove"] : [])];
  const odd = header.find((name, index) => !allowed.includes(name) || header.indexOf(name) !== index);
  if (odd !== undefined) {
    throw malformed(
      `The CSV's first line has the column ${JSON.stringify(odd.slice(0, 40))}: give each of ${allowed.join(", ")} once.`,
    );
  }
  const permissions = permissionNames.filter((name) => header.includes(name));
  const enough =
    permissions.length === permissionNames.length || (permissions.length === 0 && header.includes("remove"));
  if (!header.includes("address") || !enough) {
    throw malformed(`The CSV's first line must name the columns: ${allowed.slice(0, 6).join(",")}.`);
  }
}

const switches = new Map<string, boolean>([
  ["true", true],
  ["1", true],
  ["false", false],
  ["0", false],
]);

/** A cell as the switch that it is, or as the text that is none. */
const switchIn = (cell: string): boolean | string => switches.get(cell.toLowerCase()) ?? cell;

/** The members in a CSV: a header with the columns, then a record for each. Switches are true, false, 1 or 0. */
export function* csvLines(text: string, { removals }: LinesAsked): Generator<Line> {
  const rows = csvRows(text);
  const header = rows.next().value;
  if (header === undefined) throw malformed("The CSV is empty: its first line must name the columns.");
  if (header.cells === undefined) throw malformed(`The columns of the CSV cannot be read: ${header.fault}`);
  const columns = header.cells;
  checkHeader(columns, removals);
  for (const { cells, line, fault } of rows) {
    const at = [`line ${line}`] as const;
    if (cells === undefined) {
      yield { at, fault };
      // A quote that was meant to go on makes nonsense of what follows.
      return;
    }
    if (cells.length !== columns.length) {
      yield {
        at,
        fault: `line ${line} has ${cells.length} cells where the first line has ${columns.length}. An address cannot hold a comma.`,
      };
      continue;
    }
    const cell = (name: string): string => cells[columns.indexOf(name)] ?? "";
    const address = cell("address");
    const remove = columns.includes("remove") ? cell("remove") : "";
    if (switchIn(remove) === true) {
      yield { at, value: { address, remove: true } };
      continue;
    }
    const permissions = Object.fromEntries(
      permissionNames.filter((name) => columns.includes(name)).map((name) => [name, switchIn(cell(name))]),
    );
    const given = remove === "" || switchIn(remove) === false ? {} : { remove };
    yield { at, value: { address, permissions, ...given } };
  }
}
