import { startMock } from "../packages/mock-server/src/index.ts";
import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Row } from "./bench.ts";
import { openBenchTerminal, type BenchTerminal, type Written } from "./real-terminal.ts";
import { median, percentile, type Figure } from "./stats.ts";

const MEMBERS = 50_000;

const bin = fileURLToPath(new URL("../packages/tui/dist/cli.js", import.meta.url));

const repeated = (count: number, ...keys: readonly string[]): readonly string[] =>
  Array.from({ length: count }, () => keys).flat();

/** What is pressed, beginning in the list of members: the way, which is not measured, and the keys that are. */
const walks = {
  "moving the cursor": [[], [...repeated(40, "Down"), ...repeated(10, "NPage", "Up"), "G", "g"]],
  "typing a filter": [[], ["/", ...Array.from("user4999@example"), ...repeated(16, "BSpace"), "Enter"]],
  "moving in a sorted list": [[], ["o", ...repeated(20, "Down"), "G", ...repeated(20, "Up"), "O", "o"]],
  "marking members": [[], [...repeated(20, "Space"), "C-a", "A"]],
  "choosing a sender": [["3"], [...repeated(20, "Down"), "G", "/", ...Array.from("user77"), "Escape"]],
} satisfies Record<string, readonly [way: readonly string[], keys: readonly string[]]>;

async function walk(terminal: BenchTerminal, keys: readonly string[]): Promise<readonly Written[]> {
  const frames: Written[] = [];
  for (const key of keys) frames.push(await terminal.press(key));
  return frames;
}

function figuresOf(name: string, frames: readonly Written[]): readonly Figure[] {
  const samples = frames.map(({ ms }) => ms);
  return [
    {
      name: `${name}: key to frame, p95`,
      value: percentile(samples, 95),
      unit: "ms",
      target: "at most 50",
      samples,
    },
    {
      name: `${name}: written for a key, at most`,
      value: Math.max(...frames.map(({ bytes }) => bytes)),
      unit: "B",
      target: "at most 2,000",
      samples: frames.map(({ bytes }) => bytes),
    },
  ];
}

async function memoryOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) / 1_024;
}

/** Seconds of CPU that a process has used. */
async function cpuOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

async function idleCpu(pid: number, idleMs: number): Promise<number> {
  const before = await cpuOf(pid);
  await new Promise((resolve) => setTimeout(resolve, idleMs));
  return (((await cpuOf(pid)) - before) / (idleMs / 1_000)) * 100;
}

/** Uses a terminal, and ends it whatever comes of that: it would keep this process alive. */
async function inTerminal<T>(command: string, use: (terminal: BenchTerminal) => Promise<T>): Promise<T> {
  const terminal = openBenchTerminal(command);
  try {
    return await use(terminal);
  } finally {
    await terminal.close();
  }
}

/** The figures of the built terminal app with 50,000 members, in a real terminal; none where there is no tmux. */
export async function terminalFigures(quick: boolean): Promise<readonly Row[]> {
  const { starts: count, idleMs } = quick ? { starts: 2, idleMs: 3_000 } : { starts: 7, idleMs: 10_000 };
  if (spawnSync("tmux", ["-V"]).status !== 0)
    return [{ name: "the terminal app with 50,000 members", skipped: "tmux is not installed" }];
  const users = Array.from({ length: MEMBERS }, (_, index) => `user${index}@example.com`);
  const members = users.map((address) => ({ address }));
  const server = await startMock({
    seed: { users, groups: [{ name: "Everybody", members }] },
    tokens: ["bench"],
  });
  const home = await mkdtemp(join(tmpdir(), "mesibo-groups-bench-home-"));
  const environment = `PATH='${process.env["PATH"] ?? ""}' TERM=tmux-256color LANG=C.UTF-8 HOME='${home}'`;
  const command = `exec env -i ${environment} MESIBO_URL='${server.url}' MESIBO_APP_TOKEN=bench '${process.execPath}' '${bin}'`;
  const figures: Figure[] = [];
  try {
    const starts: number[] = [];
    for (let round = 0; round < count; round += 1)
      starts.push(await inTerminal(command, (terminal) => terminal.started("1 of 1")));
    figures.push({
      name: "first frame, median",
      value: median(starts),
      unit: "ms",
      target: "at most 600",
      samples: starts,
    });
    await inTerminal(command, async (terminal) => {
      await terminal.started("1 of 1");
      const pid = await terminal.pid();
      await walk(terminal, ["Enter", "2"]);
      for (const [name, [way, keys]] of Object.entries(walks)) {
        await walk(terminal, way);
        figures.push(...figuresOf(name, await walk(terminal, keys)));
      }
      figures.push({
        name: "RSS after all of it",
        value: await memoryOf(pid),
        unit: "MiB",
        target: "at most 200",
      });
      figures.push({
        name: `CPU while nothing happens, ${idleMs / 1_000} s`,
        value: await idleCpu(pid, idleMs),
        unit: "%",
        target: "under 1",
      });
    });
  } finally {
    await server.close();
    await rm(home, { recursive: true });
  }
  return figures.map((figure) => ({ ...figure, name: `50,000 members, ${figure.name}` }));
}
