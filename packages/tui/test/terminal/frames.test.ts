import * as fc from "fast-check";
import { expect, test } from "vitest";
import { onlyChanges } from "../../src/terminal/frames.ts";
import { openScreen, type Screen } from "../support/screen.ts";

const size = { columns: 20, rows: 6 };
const ERASE = "\u001b[2K\u001b[1A\u001b[2K\u001b[G";

const open = (): Screen => openScreen(size.columns, size.rows);

async function frames(screen: Screen, ...written: readonly string[]): Promise<readonly string[]> {
  const terminal = onlyChanges(screen.stdout);
  for (const [index, frame] of written.entries()) terminal.write(`${index === 0 ? "" : ERASE}${frame}`);
  await screen.settled();
  return screen.seen();
}

const looks = [
  "",
  "\u001b[1m",
  "\u001b[36m",
  "\u001b[2m",
  "\u001b[7m",
  "\u001b[1m\u001b[33m",
  "\u001b[38;5;117m",
] as const;
const ends: Readonly<Record<string, string>> = {
  "": "",
  "\u001b[1m": "\u001b[22m",
  "\u001b[36m": "\u001b[39m",
  "\u001b[2m": "\u001b[22m",
  "\u001b[7m": "\u001b[27m",
  "\u001b[1m\u001b[33m": "\u001b[39m\u001b[22m",
  "\u001b[38;5;117m": "\u001b[39m",
};

const pieces = fc
  .tuple(
    fc.constantFrom(...looks),
    fc.constantFrom("a", "b", "  ", "          ", "[x]", "語", "▸", "e\u0301", "🙂"),
  )
  .map(([look, text]) => ({
    look,
    text,
    wide: text === "語" || text === "🙂" ? 2 : text === "e\u0301" ? 1 : text.length,
  }));
const lines = fc.array(pieces, { maxLength: 6 }).map((parts) => {
  let room: number = size.columns;
  return parts
    .filter(({ wide }) => (room -= wide) >= 0)
    .map(({ look, text }) => `${look}${text}${ends[look] ?? ""}`)
    .join("");
});
const pictures = fc
  .array(lines, { minLength: 1, maxLength: size.rows })
  .map((rows) => `${rows.join("\n")}\n`);

test("whatever frames follow each other, the screen is that of the last one", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(pictures, { minLength: 2, maxLength: 5 }), async (written) => {
      const last = written.at(-1) ?? "";
      expect(await frames(open(), ...written)).toEqual(await frames(open(), last));
    }),
    { numRuns: 300 },
  );
});

test("of a frame that differs in a digit, that digit is written", async () => {
  const screen = open();
  const terminal = onlyChanges(screen.stdout);
  terminal.write("\u001b[1muser1@x\u001b[22m [x]\nuser2@x [ ]\n");
  await screen.settled();
  const before = screen.raw().length;
  terminal.write(`${ERASE}\u001b[1muser7@x\u001b[22m [x]\nuser2@x [x]\n`);
  await screen.settled();
  expect(screen.raw().slice(before)).toBe("\u001b[1;5H\u001b[0;1m7\u001b[0m\u001b[2;10Hx");
});

test("an empty write, with which somebody waits for the terminal, makes no frame whole", async () => {
  const screen = open();
  const terminal = onlyChanges(screen.stdout);
  terminal.write("one\ntwo\n");
  await screen.settled();
  const before = screen.raw().length;
  terminal.write("");
  terminal.write(`${ERASE}one\ntwo!\n`);
  await screen.settled();
  expect(screen.raw().slice(before)).toBe("\u001b[2;4H!");
});

test("what is no frame reaches the terminal as it is, and the frame after it is whole", async () => {
  const screen = open();
  const terminal = onlyChanges(screen.stdout);
  terminal.write("one\n");
  terminal.write("\u001b[?1049l");
  terminal.write("one\n");
  await screen.settled();
  expect(screen.raw()).toBe("\u001b[H\u001b[J\u001b[1;1Hone\u001b[?1049l\u001b[H\u001b[J\u001b[1;1Hone");
});
