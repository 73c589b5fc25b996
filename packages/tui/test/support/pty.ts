import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, vi } from "vitest";
import { bin, isBuilt } from "./bin.ts";
import { modesOf } from "./modes.ts";

/** Whether there is a real terminal to test in. */
export const hasTmux = spawnSync("tmux", ["-V"]).status === 0;
if (!hasTmux)
  process.stdout.write("skipped: the tests in a real terminal need tmux, which is not installed\n");

/** How long a test in a real terminal may take: a guard against hanging on a machine that is busy. */
export const slow = { timeout: 180_000 };

/** What is waited for is looked at so often, and given up after so long. */
export const patience = { timeout: 60_000, interval: 50 };

const folder = hasTmux ? mkdtempSync(join(tmpdir(), "mesibo-groups-pty-")) : "";
const server = ["-S", join(folder, "socket"), "-f", "/dev/null"];
const tmux = (args: readonly string[], input = ""): string =>
  execFileSync("tmux", [...server, ...args], { encoding: "utf8", input });

afterAll(() => {
  if (!hasTmux) return;
  spawnSync("tmux", [...server, "kill-server"]);
  rmSync(folder, { recursive: true, force: true });
});

/** What a program may leave behind in a terminal. */
export interface Settings {
  readonly stty: string;
  readonly tmux: string;
  /** Private modes, such as 1049 for the alternate screen. */
  readonly modes: readonly string[];
}

/** A program in a real terminal, as somebody who sits before it sees it. */
export interface RealTerminal {
  /** Waits until the screen has these words. */
  readonly shows: (text: string | RegExp) => Promise<void>;
  /** Waits until the screen has them no more. */
  readonly hides: (text: string) => Promise<void>;
  readonly keys: (...names: readonly string[]) => void;
  readonly text: (text: string) => void;
  /** Pastes as a terminal does: bracketed where the program asked for it. */
  readonly paste: (text: string) => void;
  readonly capture: (...flags: readonly string[]) => string;
  /** Every byte that reached the terminal, control sequences included. */
  readonly raw: () => string;
  readonly resize: (columns: number, rows: number) => void;
  /** Takes the window away, as somebody does who closes it. */
  readonly close: () => void;
  /** The process of the program. */
  readonly pid: () => number;
  /** The settings of the line, what tmux knows, and the modes that are on. */
  readonly asItIs: () => Settings;
  /** The settings that the program found. */
  readonly before: Settings;
  /** Resolves when the terminal is as it was before the program; rejects with how it is where that does not come. */
  readonly expectRestored: () => Promise<void>;
}

/** How a program is opened. */
export interface TerminalOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly nodeArgs?: readonly string[];
  readonly args?: readonly string[];
  /** Run it as a job of an interactive shell, which can stop and resume it. Default: a script that waits for it. */
  readonly asJob?: boolean;
  readonly columns?: number;
  readonly rows?: number;
}

let terminals = 0;

const quoted = (words: readonly string[]): string =>
  words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(" ");

/** Starts the built program in a terminal. Where it ends, `ended` and its exit code are shown. */
export async function openTerminal({
  env = {},
  nodeArgs = [],
  args = [],
  asJob = false,
  columns = 80,
  rows = 24,
}: TerminalOptions = {}): Promise<RealTerminal> {
  if (!isBuilt()) throw new Error(`${bin} is missing: run the build first`);
  terminals += 1;
  const name = `s${terminals}`;
  const log = join(folder, name);
  const home = join(folder, `${name}-home`);
  mkdirSync(home);
  // Nothing of the environment of whoever runs the tests may choose a server or a colour.
  const settings = Object.entries({
    PATH: process.env["PATH"] ?? "",
    TERM: "tmux-256color",
    LANG: "C.UTF-8",
    HOME: home,
    ...env,
  }).map(([key, value]) => `${key}=${value}`);
  const run = `${quoted(["env", "-i", ...settings, process.execPath, ...nodeArgs, bin, ...args])}; echo "ended $?"`;
  // `cat -v` shows what it gets, so that a paste in brackets would be seen; a late ctrl+c ends neither it nor sh.
  const script = `trap : INT; printf 'ready> '; read _; ${run}; trap '' INT; exec cat -v`;
  const command = asJob ? ["env", "-u", "ENV", "PS1=ready> ", "sh", "-i"] : ["sh", "-c", script];
  tmux(["new-session", "-d", "-s", name, "-x", String(columns), "-y", String(rows), ...command]);
  tmux(["pipe-pane", "-t", name, "-O", `cat >> '${log}'`]);
  const capture = (...flags: readonly string[]): string => tmux(["capture-pane", "-p", "-t", name, ...flags]);
  const shown = (format: string): string => tmux(["display-message", "-p", "-t", name, format]).trim();
  const keys = (...names: readonly string[]): string => tmux(["send-keys", "-t", name, ...names]);
  const text = (words: string): string => tmux(["send-keys", "-l", "-t", name, words]);
  const raw = (): string => readFileSync(log, "utf8");
  const shows = (words: string | RegExp): Promise<void> =>
    vi.waitFor(() => expect(capture()).toMatch(words), patience);

  await shows("ready>");
  const tty = shown("#{pane_tty}");
  const asItIs = (): Settings => ({
    // The size is the window's.
    stty: execFileSync("stty", ["-a", "-F", tty], { encoding: "utf8" }).replace(
      /rows \d+; columns \d+; /,
      "",
    ),
    tmux: shown("alternate #{alternate_on} cursor #{cursor_flag} mouse #{mouse_any_flag}"),
    modes: modesOf(raw()),
  });
  await vi.waitFor(() => raw(), patience);
  const before = asItIs();
  if (asJob) text(run);
  keys("Enter");

  return {
    capture,
    keys,
    text,
    raw,
    shows,
    hides: (words) => vi.waitFor(() => expect(capture()).not.toContain(words), patience),
    paste: (words) => {
      // Through a pipe: an argument may not be as long as a list.
      tmux(["load-buffer", "-"], words);
      tmux(["paste-buffer", "-p", "-t", name]);
    },
    resize: (toColumns, toRows) => {
      tmux(["resize-window", "-t", name, "-x", String(toColumns), "-y", String(toRows)]);
    },
    close: () => {
      tmux(["kill-session", "-t", name]);
    },
    pid: () => Number(execFileSync("pgrep", ["-P", shown("#{pane_pid}")], { encoding: "utf8" }).trim()),
    asItIs,
    before,
    expectRestored: () => vi.waitFor(() => expect(asItIs()).toEqual(before), patience),
  };
}
