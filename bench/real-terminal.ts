import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";

/** What a program wrote to its terminal from some moment until it was quiet. */
export interface Written {
  readonly text: string;
  readonly bytes: number;
  /** Milliseconds until the last byte. */
  readonly ms: number;
}

/** A terminal that one program runs in. */
export interface BenchTerminal {
  /** Waits until some text is drawn and it is quiet; resolves with the milliseconds to the first frame. */
  readonly started: (text: string) => Promise<number>;
  /** What the program writes from its start until some text is among it and it is quiet. */
  /** Presses a key by tmux's name of it, and waits for what is drawn. */
  readonly press: (key: string) => Promise<Written>;
  readonly pid: () => Promise<number>;
  readonly close: () => Promise<void>;
}

/** Milliseconds without a byte after which a frame is whole. */
const QUIET_MS = 100;

/** Milliseconds after which a program has not started. */
const START_MS = 30_000;

/** Milliseconds after which a key that nothing is drawn for has no frame. */
const DEAF_MS = 10_000;

// In control mode, tmux writes control characters and the backslash as three octal digits.
const unescaped = (text: string): string =>
  text.replaceAll(/\\(\d{3})/g, (_, octal: string) => String.fromCodePoint(Number.parseInt(octal, 8)));

/** Opens a program in a terminal of 100x30, of which every byte comes to us at once: tmux in control mode. */
export function openBenchTerminal(command: string): BenchTerminal {
  // A server of its own: the one before may still be ending.
  const folder = mkdtempSync(join(tmpdir(), "mesibo-groups-bench-"));
  const size = ["-x", "100", "-y", "30"];
  const began = performance.now();
  const tmux = spawn(
    "tmux",
    ["-S", join(folder, "socket"), "-f", "/dev/null", "-C", "new-session", ...size, command],
    {
      stdio: ["pipe", "pipe", "inherit"],
    },
  );
  let text = "";
  let first = 0;
  let last = 0;
  let rest = "";
  let replied: ((line: string) => void) | undefined;
  let reply = "";
  tmux.stdout.setEncoding("latin1").on("data", (chunk: string) => {
    const lines = `${rest}${chunk}`.split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const [, output] = /^%output %\d+ (.*)$/s.exec(line) ?? [];
      if (output !== undefined) {
        text += unescaped(output);
        last = performance.now();
        // Before it, only modes are set.
        if (first === 0 && text.includes("Groups")) first = last;
      } else if (line.startsWith("%end")) {
        replied?.(reply);
        reply = "";
      } else if (!line.startsWith("%")) reply = line;
    }
  });
  const exited = new Promise<void>((resolve) => tmux.on("exit", () => resolve()));

  /** Resolves when enough was written and nothing has come for a while. */
  async function quiet(from: number, isEnough: () => boolean, patience: number): Promise<Written> {
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      const now = performance.now();
      if (isEnough() && now - last > QUIET_MS) return { text, bytes: text.length, ms: last - from };
      if (now - from > patience)
        throw new Error(`nothing as expected was drawn in ${patience} ms: ${text.slice(-200)}`);
    }
  }

  return {
    started: async (words) => {
      await quiet(began, () => text.includes(words), START_MS);
      return first - began;
    },
    press: (key) => {
      text = "";
      const from = performance.now();
      tmux.stdin.write(`send-keys ${key}\n`);
      return quiet(from, () => text !== "", DEAF_MS);
    },
    pid: () =>
      new Promise((resolve) => {
        replied = (line) => resolve(Number(line));
        tmux.stdin.write("display-message -p '#{pane_pid}'\n");
      }),
    close: async () => {
      tmux.stdin.write("kill-server\n");
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
