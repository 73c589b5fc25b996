import type { Check } from "./check.ts";
import { variable, type Surroundings } from "./surroundings.ts";

/** What is known of the terminal; no size where there is none. */
export interface Terminal {
  readonly isTerminal: boolean;
  readonly columns?: number | undefined;
  readonly rows?: number | undefined;
  readonly nodeVersion: string;
}

const smallest = { columns: 60, rows: 15 };

function nodeCheck(version: string): Check {
  const [major = 0, minor = 0] = version.replace(/^v/, "").split(".").map(Number);
  const isKnown = major > 22 || (major === 22 && minor >= 12);
  const check = { name: "node", value: version, origin: "process" };
  return isKnown
    ? { ...check, state: "ok" }
    : { ...check, state: "wrong", advice: "Install Node.js 22.12 or later." };
}

function sizeCheck({ isTerminal, columns, rows }: Terminal): Check {
  const name = "size";
  if (!isTerminal || columns === undefined || rows === undefined) {
    return { name, value: "no terminal", origin: "stdout", state: "ok" };
  }
  const check = { name, value: `${columns}x${rows}`, origin: "stdout" };
  if (columns >= smallest.columns && rows >= smallest.rows) return { ...check, state: "ok" };
  return { ...check, state: "warning", advice: "Make the terminal at least 60x15." };
}

function colorCheck(around: Surroundings, term: string | undefined): Check {
  if (variable(around, "NO_COLOR") !== undefined)
    return { name: "colour", value: "off", origin: "NO_COLOR", state: "ok" };
  return {
    name: "colour",
    value: term === undefined || term === "dumb" ? "off" : "on",
    origin: "TERM",
    state: "ok",
  };
}

function alphabetCheck(around: Surroundings, term: string | undefined): Check {
  const from = ["LC_ALL", "LC_CTYPE", "LANG"].find((name) => variable(around, name) !== undefined);
  const locale = from === undefined ? "" : (variable(around, from) ?? "");
  const isUtf8 = /utf-?8/i.test(locale) && term !== "linux";
  const check = { name: "utf-8", value: isUtf8 ? "yes" : "no, drawn in ASCII", origin: from ?? "LANG" };
  return isUtf8
    ? { ...check, state: "ok" }
    : { ...check, state: "warning", advice: "For box lines set LANG to a UTF-8 locale." };
}

/** Facts of node and the terminal. */
export function machineChecks({
  around,
  terminal,
}: {
  readonly around: Surroundings;
  readonly terminal: Terminal;
}): readonly Check[] {
  const term = variable(around, "TERM");
  return [
    nodeCheck(terminal.nodeVersion),
    { name: "TERM", value: term ?? "not set", origin: "environment", state: "ok" },
    colorCheck(around, term),
    alphabetCheck(around, term),
    sizeCheck(terminal),
  ];
}
