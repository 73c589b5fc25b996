import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Row } from "./bench.ts";
import { added, bare, groupadd, type Contender, type Work } from "./contender.ts";
import { freePort } from "./port.ts";
import { start, type Program, type Running } from "./process.ts";
import { sample, type Sample } from "./sample.ts";
import { paired, percentile } from "./stats.ts";

const CONNECTIONS = 64;
const AT_REST = "Start and memory";

/** How thoroughly servers are compared. */
export interface Effort {
  /** Pairs of samples, one of the bare server and one of the contender. */
  readonly rounds: number;
  readonly sampleMs: number;
  /** Until a server runs the code that it will run for hours: so many answers, or as long as that takes at most. */
  readonly warmUp: { readonly enough: number; readonly milliseconds: number };
  readonly coldStarts: number;
}

/** Enough to tell what is several times as fast. */
export const quickEffort: Effort = {
  rounds: 2,
  sampleMs: 150,
  warmUp: { enough: 8_000, milliseconds: 500 },
  coldStarts: 1,
};

/** Enough to tell a tenth. */
export const wholeEffort: Effort = {
  rounds: 5,
  sampleMs: 1_000,
  warmUp: { enough: 60_000, milliseconds: 10_000 },
  coldStarts: 11,
};

interface Server extends Running {
  readonly port: number;
}

/** A request that is told how many there were before. */
function counted(request: (index: number) => Buffer): () => Buffer {
  let index = 0;
  return () => request((index += 1));
}

async function programOf(contender: Contender, folder: string): Promise<Program> {
  const { GET, POST } = { ...groupadd, ...contender.work };
  const port = await freePort();
  return {
    command: contender.command(port, folder),
    port,
    first: (GET ?? POST)(0),
    right: contender.right ?? added,
  };
}

const inFolder = async <T>(use: (folder: string) => Promise<T>): Promise<T> => {
  const folder = await mkdtemp(join(tmpdir(), "mesibo-bench-"));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

async function emptyRun(): Promise<number> {
  const started = performance.now();
  await once(spawn(process.execPath, ["-e", "0"], { stdio: "ignore" }), "exit");
  return performance.now() - started;
}

/** How soon a contender answers, beside a Node that does nothing. */
async function coldStarts(contender: Contender, count: number): Promise<Row> {
  const empty: number[] = [];
  const first: number[] = [];
  // The first of each is not counted, as it reads the files; where there is but one, it must do.
  for (let round = count === 1 ? 1 : 0; round <= count; round += 1) {
    const node = await emptyRun();
    const server = await inFolder(async (folder) => {
      const running = await start(await programOf(contender, folder), true);
      await running.stop();
      return running;
    });
    if (round === 0) continue;
    empty.push(node);
    first.push(server.startedMs);
  }
  return paired(
    {
      name: `${contender.name}: process start to first answer`,
      cell: { table: AT_REST, row: contender.name, column: "first answer, x node -e 0" },
      of: "node -e 0, whole run",
      target: contender.targets?.["start"] ?? "",
      unit: "ms",
    },
    [contender.name, first],
    ["node -e 0", empty],
  );
}

const latency =
  (percent: number) =>
  ({ latenciesMs }: Sample): number =>
    percentile(latenciesMs, percent);

/** The columns of one piece of work, each a median of paired ratios. */
function columnsOf(
  contender: Contender,
  method: keyof Work,
  samples: readonly (readonly [bare: Sample, contender: Sample])[],
  single: readonly (readonly [bare: Sample, contender: Sample])[],
): readonly Row[] {
  const row = (
    column: string,
    { unit, pairs, of }: { unit: string; pairs: typeof samples; of: (sample: Sample) => number },
  ): Row =>
    paired(
      {
        name: `${contender.name}: ${method}, ${column}`,
        cell: { table: `groupadd by ${method}, x bare node:http`, row: contender.name, column },
        of: "bare node:http",
        target: (column === "requests/s" && contender.targets?.[method]) || "",
        unit,
      },
      [contender.name, pairs.map(([, sample]) => of(sample))],
      [bare.name, pairs.map(([sample]) => of(sample))],
    );
  return [
    row("requests/s", { unit: "requests/s", pairs: samples, of: ({ perSecond }) => perSecond }),
    row("CPU per request", { unit: "µs", pairs: samples, of: ({ cpuUs }) => cpuUs }),
    row("p50, 64 connections", { unit: "ms", pairs: samples, of: latency(50) }),
    row("p99, 64 connections", { unit: "ms", pairs: samples, of: latency(99) }),
    row("p50, 1 connection", { unit: "ms", pairs: single, of: latency(50) }),
  ];
}

/** Second by second in turn, so that a slow moment of the machine meets both. */
async function race(
  contender: Contender,
  base: Server,
  server: Server,
  { rounds, sampleMs, warmUp }: Effort,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  const work = contender.work ?? groupadd;
  const bareWork = contender.bareWork ?? groupadd;
  for (const method of ["GET", "POST"] as const) {
    const request = work[method];
    const bareRequest = bareWork[method];
    if (request === undefined || bareRequest === undefined) continue;
    const next = counted(request);
    const bareNext = counted(bareRequest);
    await sample(server, { next, connections: CONNECTIONS, ...warmUp });
    const pairsOf = async (connections: number): Promise<readonly (readonly [Sample, Sample])[]> => {
      const pairs: (readonly [Sample, Sample])[] = [];
      const size = { connections, milliseconds: sampleMs };
      for (let round = 0; round < rounds; round += 1)
        pairs.push([
          await sample(base, { ...size, next: bareNext }),
          await sample(server, { ...size, next }),
        ]);
      return pairs;
    };
    rows.push(...columnsOf(contender, method, await pairsOf(CONNECTIONS), await pairsOf(1)));
  }
  return rows;
}

async function contest(contender: Contender, base: Server, effort: Effort): Promise<readonly Row[]> {
  const cold = await coldStarts(contender, effort.coldStarts);
  return inFolder(async (folder) => {
    const program = await programOf(contender, folder);
    const server = { ...(await start(program)), port: program.port };
    const rss = async (column: string, when: string): Promise<Row> => ({
      name: `${contender.name}: RSS ${when}`,
      cell: { table: AT_REST, row: contender.name, column },
      value: (await server.usage()).rssBytes / 2 ** 20,
      unit: "MiB",
      target: "",
    });
    try {
      const idle = await rss("RSS idle, MiB", "after its first answer");
      return [
        ...(await race(contender, base, server, effort)),
        cold,
        idle,
        await rss("RSS loaded, MiB", "after the load"),
      ];
    } finally {
      await server.stop();
    }
  });
}

/** Contenders one after the other beside one bare server; who does not start or answer is told, with the reason. */
export async function compare(contenders: readonly Contender[], effort: Effort): Promise<readonly Row[]> {
  return inFolder(async (folder) => {
    const program = await programOf(bare, folder);
    const base = { ...(await start(program)), port: program.port };
    const rows: Row[] = [];
    try {
      for (const request of [groupadd.GET, groupadd.POST])
        await sample(base, { next: counted(request), connections: CONNECTIONS, ...effort.warmUp });
      for (const contender of contenders) {
        try {
          rows.push(...(await contest(contender, base, effort)));
        } catch (error) {
          rows.push({
            name: contender.name,
            skipped: error instanceof Error ? error.message : String(error),
          });
        }
      }
    } finally {
      await base.stop();
    }
    return rows;
  });
}
