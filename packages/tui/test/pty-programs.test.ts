import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { demoSeed, startMock } from "@mesibo-groups/mock-server";
import { expect, onTestFinished, test, vi } from "vitest";
import { CANARY } from "./support/app.ts";
import {
  hasTmux,
  openTerminal,
  patience,
  slow,
  type RealTerminal,
  type TerminalOptions,
} from "./support/pty.ts";

const fake = fileURLToPath(new URL("support/fake-program.mjs", import.meta.url));

/** What a program was given, and which keys it got. */
interface Notes {
  readonly path?: string;
  readonly text: string;
  readonly permissions: readonly string[];
  readonly secrets: readonly string[];
  /** How the terminal's line was set. */
  readonly line: string;
  readonly typed: string;
}

interface Opened extends RealTerminal {
  readonly notes: () => Notes;
}

/** The application with a program for what is handed over. */
async function started({ env, args = [] }: Pick<TerminalOptions, "env" | "args">): Promise<Opened> {
  const server = await startMock({ seed: demoSeed, tokens: [CANARY] });
  onTestFinished(() => server.close());
  const folder = mkdtempSync(join(tmpdir(), "mesibo-groups-notes-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const program = `'${process.execPath}' '${fake}'`;
  const file = join(folder, "notes.json");
  const terminal = await openTerminal({
    args,
    env: {
      MESIBO_URL: server.url,
      MESIBO_APP_TOKEN: CANARY,
      PAGER: program,
      VISUAL: program,
      NOTES: file,
      TMPDIR: folder,
      ...env,
    },
  });
  return { ...terminal, notes: () => JSON.parse(readFileSync(file, "utf8")) as Notes };
}

/** The application with its first call in front. */
async function opened(env: Readonly<Record<string, string>> = {}): Promise<Opened> {
  const terminal = await started({ env });
  const { shows, keys } = terminal;
  await shows("Groups 4 of 4");
  keys("2");
  await shows("› calls");
  keys("G", "Enter");
  await shows("[curl]");
  return terminal;
}

/** Modes of the application's own. */
const taken = ["1049", "2004", "7"];

/** The call is in front again, keys arrive, and nothing of the program is left in the terminal. */
async function expectBack({ keys, shows, asItIs, expectRestored }: RealTerminal): Promise<void> {
  await shows("[curl]");
  await vi.waitFor(() => expect(asItIs().modes).toEqual(taken), patience);
  keys("]");
  await shows("[HTTPie]");
  keys("C-c");
  await shows("ctrl+c again quits");
  keys("q");
  await shows("Groups 4 of 4");
  keys("q");
  await shows("ended 0");
  await expectRestored();
}

for (const [key, program] of [
  ["o", "pager"],
  ["e", "editor"],
] as const) {
  test.runIf(hasTmux)(`${key} leaves the terminal and every key to the ${program}`, slow, async () => {
    const terminal = await opened();
    const { keys, shows, notes, raw } = terminal;
    keys(key);
    await shows("the program has the terminal");
    for (const letter of "abcdefghij") keys(letter);
    keys("C-c", "C-z");
    await vi.waitFor(() => expect(notes().typed).toBe("abcdefghij\u0003\u001a"), patience);
    const { path, text, permissions, secrets } = notes();
    expect(text).toContain(program === "pager" ? "$MESIBO_APP_TOKEN" : '"op": "groupsget"');
    expect(text).not.toContain(CANARY);
    expect(secrets).toEqual([]);
    expect(permissions).toEqual(program === "editor" ? ["600", "700"] : []);
    keys("q");
    await expectBack(terminal);
    expect(path === undefined ? [] : [existsSync(path), existsSync(dirname(path))]).toEqual(
      program === "editor" ? [false, false] : [],
    );
    expect(raw()).not.toContain(CANARY);
  });
}

for (const [key, words] of [
  ["x", "The program of VISUAL ended with exit code 1."],
  ["k", "The program of VISUAL was ended by"],
] as const) {
  test.runIf(hasTmux)(
    `after an editor of which is said: ${words} the terminal is ours again`,
    slow,
    async () => {
      const terminal = await opened();
      const { keys, shows, notes } = terminal;
      keys("e");
      await shows("the program has the terminal");
      keys(key);
      await shows(words);
      const { path = "", line } = notes();
      expect(existsSync(dirname(path))).toBe(false);
      keys("e");
      await vi.waitFor(() => expect(notes().path).not.toBe(path), patience);
      expect(notes().line).toBe(line);
      keys("q");
      await expectBack(terminal);
    },
  );
}

test.runIf(hasTmux)(
  "a ctrl+c that the keyboard sends to everybody is the program's alone",
  slow,
  async () => {
    const terminal = await opened({ COOKED: "1" });
    const { keys, shows } = terminal;
    keys("e");
    await shows("the program has the terminal");
    keys("C-c");
    await shows("interrupted");
    keys("C-c", "q", "Enter");
    await expectBack(terminal);
  },
);

test.runIf(hasTmux)("a program that is not there is told, and nothing else happens", slow, async () => {
  const terminal = await opened({ PAGER: "/nonexistent/pager", VISUAL: "", PATH: "/nonexistent" });
  const { keys, shows } = terminal;
  keys("o");
  await shows("The program of PAGER was not found. Set PAGER");
  keys("e");
  await shows("Neither VISUAL nor EDITOR is set, and PATH has none");
  await expectBack(terminal);
});

test.runIf(hasTmux)("where no editor is named, one that is there opens", slow, async () => {
  const programs = mkdtempSync(join(tmpdir(), "mesibo-groups-programs-"));
  onTestFinished(() => rmSync(programs, { recursive: true }));
  const line = `#!/bin/sh\nexec '${process.execPath}' '${fake}' "$@"\n`;
  writeFileSync(join(programs, "sensible-editor"), line, { mode: 0o700 });
  const terminal = await opened({ VISUAL: "", PATH: `${programs}:${process.env["PATH"] ?? ""}` });
  const { keys, shows, notes } = terminal;
  keys("e");
  await shows("the program has the terminal");
  expect(notes().text).toContain('"op": "groupsget"');
  keys("q");
  await shows("The text was left as it was, so nothing was sent.");
  await expectBack(terminal);
});

test.runIf(hasTmux)(
  "a call is edited in a real editor, asked about and sent, and an editor that fails sends nothing",
  slow,
  async () => {
    const terminal = await opened({ EDITS: '{ "op": "groupset", "gid": 102529, "name": "Edited" }' });
    const { keys, shows, notes } = terminal;
    keys("e");
    await shows("the program has the terminal");
    expect(notes().text).toContain('"op": "groupsget"');
    expect(notes().text).not.toContain('token"');
    keys("x");
    await shows("The program of VISUAL ended with exit code 1.");
    keys("e");
    await shows("the program has the terminal");
    keys("q");
    await shows("Send groupset as it is now");
    keys("y");
    await shows("groupset: done");
    await expectBack(terminal);
  },
);

test.runIf(hasTmux)("a window that changes its size under a program fits behind it", slow, async () => {
  const terminal = await opened();
  const { keys, shows, resize, capture } = terminal;
  keys("e");
  await shows("the program has the terminal");
  resize(100, 30);
  keys("q");
  // There is room for one more key.
  await shows("esc back");
  expect(
    capture()
      .split("\n")
      .findLastIndex((row) => row.includes("? help")),
  ).toBe(28);
  await expectBack(terminal);
});

test.runIf(hasTmux)("a conversation stops for a program, and goes on behind it", slow, async () => {
  const { keys, text, shows, notes, raw, expectRestored } = await started({
    args: ["--screen-reader"],
    env: { COOKED: "1" },
  });
  const say = (words: string): void => {
    text(words);
    keys("Enter");
  };
  await shows("4 of 4 groups");
  say("calls");
  await shows("5 calls");
  say("5");
  await shows('"groupscount": 4');
  say("open in pager");
  await shows("the program has the terminal");
  keys("C-c");
  await shows("interrupted");
  for (const line of ["abc", "def", "ghi"]) say(line);
  await vi.waitFor(() => expect(notes().typed).toBe("abc\ndef\nghi\n"), patience);
  say("q");
  say("back");
  await shows("5 calls");
  say("quit");
  await shows("ended 0");
  expect(raw()).not.toContain("ctrl+c again quits");
  expect(raw()).not.toContain(CANARY);
  await expectRestored();
});

test.runIf(hasTmux)(
  "SIGTERM while an editor is open ends both, and leaves neither file nor mode",
  slow,
  async () => {
    const { keys, shows, notes, pid, expectRestored } = await opened();
    keys("e");
    await shows("the program has the terminal");
    process.kill(pid(), "SIGTERM");
    await shows("ended 143");
    await expectRestored();
    expect(existsSync(dirname(notes().path ?? ""))).toBe(false);
  },
);
