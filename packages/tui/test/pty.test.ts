import { execFileSync, spawnSync } from "node:child_process";
import { afterAll, expect, test, vi } from "vitest";
import { bin, isBuilt } from "./support/bin.ts";

const hasTmux = spawnSync("tmux", ["-V"]).status === 0;
if (!hasTmux)
  process.stdout.write("skipped: the journey in a real terminal needs tmux, which is not installed\n");

const socket = `mesibo-groups-test-${process.pid}`;
const tmux = (...args: readonly string[]): string =>
  execFileSync("tmux", ["-L", socket, ...args], { encoding: "utf8" });

afterAll(() => {
  if (hasTmux) spawnSync("tmux", ["-L", socket, "kill-server"]);
});

interface Session {
  readonly shows: (text: string | RegExp) => Promise<void>;
  readonly keys: (...names: readonly string[]) => void;
  readonly text: (text: string) => void;
  readonly capture: (...flags: readonly string[]) => string;
  readonly pid: () => number;
  /** Whether the alternate screen is on, and whether the cursor is shown. */
  readonly modes: () => string;
}

let sessions = 0;

/** Starts the built program in a real terminal. Says how it ended, and what the terminal was left like. */
function open(env: Readonly<Record<string, string>> = {}, ...nodeArgs: readonly string[]): Session {
  sessions += 1;
  const name = `s${sessions}`;
  const quoted = [process.execPath, ...nodeArgs, bin].map((part) => `'${part}'`).join(" ");
  const settings = Object.entries({ TERM: "tmux-256color", LANG: "C.UTF-8", ...env })
    .map(([key, value]) => `${key}='${value}'`)
    .join(" ");
  const script = `echo before; env -u NO_COLOR -u FORCE_COLOR -u CI ${settings} ${quoted}; echo "ended $?"; exec cat`;
  tmux("new-session", "-d", "-s", name, "-x", "80", "-y", "24", "sh", "-c", script);
  const capture = (...flags: readonly string[]): string => tmux("capture-pane", "-p", "-t", name, ...flags);
  return {
    capture,
    shows: (text) => vi.waitFor(() => expect(capture()).toMatch(text), { timeout: 10_000, interval: 50 }),
    keys: (...names) => tmux("send-keys", "-t", name, ...names),
    text: (text) => tmux("send-keys", "-l", "-t", name, text),
    pid: () => {
      const shell = tmux("display-message", "-p", "-t", name, "#{pane_pid}").trim();
      return Number(execFileSync("pgrep", ["-P", shell], { encoding: "utf8" }).trim());
    },
    modes: () =>
      tmux("display-message", "-p", "-t", name, "alternate #{alternate_on} cursor #{cursor_flag}").trim(),
  };
}

const restored = "alternate 0 cursor 1";

test.runIf(hasTmux)(
  "a person makes a group, adds members, sees who may send and deletes it, in a real terminal",
  { timeout: 60_000 },
  async () => {
    expect(isBuilt(), "dist/cli.js is missing: run the build first").toBe(true);
    // CI must not turn the screen off.
    const { shows, keys, text, capture, modes } = open({ CI: "true" });
    await shows("Groups 4 of 4");
    keys("n");
    await shows("Create the group");
    text("News team");
    keys("Tab", "Right", "C-s");
    await shows('Group 102533 "News team" is made');
    keys("a");
    await shows("Add members");
    text("alice@example.com bob@example.com zoe");
    keys("Enter");
    await shows("3 new");
    keys("Enter");
    await shows("zoe is not a user of this app");
    keys("c");
    await shows("zoe: in the group now");
    keys("s");
    await shows("alice@example.com: changed");
    keys("3");
    await shows("2 of 3 may send, 3 receive");
    keys("d", "1", "d");
    await shows("Delete group 102533");
    text("102533");
    await shows("Now y");
    keys("y");
    await shows("Group 102533 is deleted");
    expect(capture()).toContain("Groups 4 of 4");
    keys("q");
    await shows("ended 0");
    expect(capture()).toMatch(/^before$/m);
    expect(modes()).toBe(restored);
  },
);

test.runIf(hasTmux)(
  "the terminal is as before after ctrl+c, SIGTERM and a crash",
  { timeout: 60_000 },
  async () => {
    const interrupted = open();
    await interrupted.shows("Groups 4 of 4");
    interrupted.keys("C-c");
    await interrupted.shows("ended 0");
    expect(interrupted.modes()).toBe(restored);

    const terminated = open();
    await terminated.shows("Groups 4 of 4");
    process.kill(terminated.pid(), "SIGTERM");
    await terminated.shows("ended 143");
    expect(terminated.modes()).toBe(restored);

    const crash = `data:text/javascript,process.on("SIGUSR2",()=>{throw new Error("on purpose")})`;
    const crashed = open({}, "--import", crash);
    await crashed.shows("Groups 4 of 4");
    process.kill(crashed.pid(), "SIGUSR2");
    await crashed.shows("Error: on purpose");
    await crashed.shows(/ended [1-9]/);
    expect(crashed.modes()).toBe(restored);
  },
);

test.runIf(hasTmux)(
  "NO_COLOR draws without colours, and --ascii is chosen where there is no UTF-8",
  { timeout: 60_000 },
  async () => {
    const coloured = open();
    await coloured.shows("Groups 4 of 4");
    expect(coloured.capture("-e")).toContain("\u001b[36m");

    const plain = open({ NO_COLOR: "1", LANG: "C", LC_ALL: "C" });
    await plain.shows("Groups 4 of 4");
    await plain.shows(/^> {2}102529/m);
    expect(plain.capture("-e")).not.toContain("\u001b[3");
  },
);
