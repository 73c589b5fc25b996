import { Terminal } from "@xterm/headless";
import { PassThrough } from "node:stream";
import { svgOf, type Caption } from "./svg.ts";

/** A terminal in memory that Ink can draw on, and what it was sent. */
export interface Screen {
  readonly stdout: NodeJS.WriteStream;
  readonly stdin: NodeJS.ReadStream;
  /** The rows as a person sees them, without trailing spaces. */
  readonly rows: () => readonly string[];
  /** The screen as text, without empty rows at its end. */
  readonly text: () => string;
  /** Each character that can be seen, with where it is and how it looks. */
  readonly seen: () => readonly string[];
  /** Everything that was written, escape sequences included. */
  readonly raw: () => string;
  readonly type: (input: string) => void;
  readonly resize: (columns: number, rows: number) => void;
  /** Resolves when all that was written is on the screen. */
  readonly settled: () => Promise<void>;
  /** The screen as a picture, in its colours. */
  readonly svg: (caption: Caption) => string;
  readonly isAlternate: () => boolean;
  readonly isRaw: () => boolean;
}

/** Opens a terminal of a size. */
export function openScreen(columns: number, rows: number): Screen {
  const terminal = new Terminal({ cols: columns, rows, allowProposedApi: true, convertEol: true });
  let written = "";
  let pending = Promise.resolve();
  let isRaw = false;

  const output = new PassThrough();
  output.on("data", (chunk: Buffer) => {
    const text = chunk.toString();
    written += text;
    pending = pending.then(() => new Promise((resolve) => terminal.write(text, resolve)));
  });
  const input = new PassThrough();
  const stdout = Object.assign(output, { isTTY: true, columns, rows }) as unknown as NodeJS.WriteStream;
  const stdin = Object.assign(input, {
    isTTY: true,
    setRawMode: (on: boolean) => {
      isRaw = on;
    },
    ref: () => undefined,
    unref: () => undefined,
  }) as unknown as NodeJS.ReadStream;

  const lines = (): readonly string[] =>
    Array.from(
      { length: terminal.rows },
      (_, index) =>
        terminal.buffer.active.getLine(terminal.buffer.active.baseY + index)?.translateToString(true) ?? "",
    );

  const seen = (): readonly string[] =>
    Array.from({ length: terminal.rows }, (_, row) =>
      Array.from({ length: terminal.cols }, (_, column) => {
        const cell = terminal.buffer.active.getLine(row)?.getCell(column);
        const character = cell?.getChars() ?? "";
        if (cell === undefined || (character.trim() === "" && cell.isInverse() === 0)) return [];
        const look = [cell.getFgColor(), cell.isBold(), cell.isDim(), cell.isInverse()];
        return [`${row}:${column} ${character} ${look.join(" ")}`];
      }).flat(),
    ).flat();

  return {
    seen,
    stdout,
    stdin,
    rows: lines,
    text: () => lines().join("\n").trimEnd(),
    raw: () => written,
    type: (keys) => {
      input.write(keys);
    },
    resize: (toColumns, toRows) => {
      terminal.resize(toColumns, toRows);
      Object.assign(stdout, { columns: toColumns, rows: toRows });
      stdout.emit("resize");
    },
    settled: async () => {
      await pending;
    },
    svg: (caption) => svgOf(terminal, caption),
    isAlternate: () => terminal.buffer.active.type === "alternate",
    isRaw: () => isRaw,
  };
}
