import { execFileSync, spawnSync } from "node:child_process";
import { afterAll, expect, vi } from "vitest";
import { bin, isBuilt } from "./bin.ts";

/** Whether there is a real terminal to test in. */
export const hasTmux = spawnSync("tmux", ["-V"]).status === 0;
if (!hasTmux)
  process.stdout.write("skipped: the journey in a real terminal needs tmux, which is not installed\n");

const socket = `mesibo-groups-test-${process.pid}`;
const tmux = (...args: readonly string[]): string =>
  execFileSync("tmux", ["-L", socket, "-f", "/dev/null", ...args], { encoding: "utf8" });

afterAll(() => {
  if (hasTmux) spawnSync("tmux", ["-L", socket, "kill-server"]);
});

/** A program in a real terminal, as somebody who sits before it sees it. */
export interface RealTerminal {
  readonly shows: (text: string | RegExp) => Promise<void>;
  readonly keys: (...names: readonly string[]) => void;
  readonly text: (text: string) => void;
  /** Pastes as a terminal does: bracketed where the program asked for it. */
  readonly paste: (text: string) => void;
  readonly capture: (...flags: readonly string[]) => string;
  /** The process of the program. */
  readonly pid: () => number;
  /** Resolves when the terminal is as a shell wants it; rejects with how it is where that does not come. */
  readonly expectRestored: () => Promise<void>;
}

/** How a program is opened. */
export interface TerminalOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly nodeArgs?: readonly string[];
  readonly args?: readonly string[];
  /** Run it as a job of an interactive shell, which can stop and resume it. Default: a script that waits for it. */
  readonly asJob?: boolean;
}

let terminals = 0;

/** Starts the built program in a terminal of 80x24. Where it ends, `ended` and its exit code are shown. */
export function openTerminal({
  env = {},
  nodeArgs = [],
  args = [],
  asJob = false,
}: TerminalOptions = {}): RealTerminal {
  if (!isBuilt()) throw new Error(`${bin} is missing: run the build first`);
  terminals += 1;
  const name = `s${terminals}`;
  const quoted = [process.execPath, ...nodeArgs, bin, ...args].map((part) => `'${part}'`).join(" ");
  const settings = Object.entries({ TERM: "tmux-256color", LANG: "C.UTF-8", HOME: "/nonexistent", ...env })
    .map(([key, value]) => `${key}='${value}'`)
    .join(" ");
  const run = `env -u NO_COLOR -u FORCE_COLOR -u CI ${settings} ${quoted}; echo "ended $?"`;
  // `cat -v` shows what it gets, so that a paste in brackets would be seen; a late ctrl+c ends neither it nor sh.
  const script = `trap : INT; echo before; ${run}; trap '' INT; exec cat -v`;
  const command = asJob ? ["env", "-u", "ENV", "PS1=ready> ", "sh", "-i"] : ["sh", "-c", script];
  tmux("new-session", "-d", "-s", name, "-x", "80", "-y", "24", ...command);
  const capture = (...flags: readonly string[]): string => tmux("capture-pane", "-p", "-t", name, ...flags);
  const shown = (format: string): string => tmux("display-message", "-p", "-t", name, format).trim();
  const keys = (...names: readonly string[]): string => tmux("send-keys", "-t", name, ...names);
  const text = (words: string): string => tmux("send-keys", "-l", "-t", name, words);
  if (asJob) {
    text(run);
    keys("Enter");
  }
  const lineSettings = (): string =>
    execFileSync("stty", ["-a", "-F", shown("#{pane_tty}")], { encoding: "utf8" });
  return {
    capture,
    keys,
    text,
    shows: (words) => vi.waitFor(() => expect(capture()).toMatch(words), { timeout: 15_000, interval: 50 }),
    paste: (words) => {
      tmux("set-buffer", "--", words);
      tmux("paste-buffer", "-p", "-t", name);
    },
    pid: () => {
      const shell = shown("#{pane_pid}");
      return Number(execFileSync("pgrep", ["-P", shell], { encoding: "utf8" }).trim());
    },
    expectRestored: () =>
      vi.waitFor(
        () => {
          const stty = lineSettings().split(/[\s;]+/);
          expect({
            modes: shown("alternate #{alternate_on} cursor #{cursor_flag} mouse #{mouse_any_flag}"),
            echo: stty.includes("echo"),
            lines: stty.includes("icanon"),
          }).toEqual({ modes: "alternate 0 cursor 1 mouse 0", echo: true, lines: true });
        },
        { timeout: 15_000, interval: 50 },
      ),
  };
}
