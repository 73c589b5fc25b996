import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { requestBytes } from "./load.ts";
import { sample, type Sample } from "./sample.ts";
import { startBare, startMockBin } from "./server.ts";
import { paired, type Measurement } from "./stats.ts";

const CONNECTIONS = 64;
/** Until both servers run the code that they will run for hours: V8 takes some seconds to get there. */
const WARM_UP_MS = 6_000;
const SAMPLE_MS = 1_000;

interface Work {
  readonly name: string;
  readonly request: Buffer;
  readonly target: string;
  readonly flags?: readonly string[];
}

const get: Work = {
  name: "GET /api.php?op=groupadd",
  request: requestBytes({ method: "GET", target: "/api.php?op=groupadd&token=t&name=x&flag=0" }),
  target: "at least 0.75",
};
const post: Work = {
  name: "POST /backend/ groupadd",
  request: requestBytes({
    method: "POST",
    target: "/backend/",
    body: '{"op":"groupadd","token":"t","group":{"name":"x","flags":0}}',
  }),
  target: "at least 0.65",
};
const data = join(tmpdir(), `mesibo-bench-${process.pid}.db`);
const durable: Work = {
  ...post,
  name: "POST /backend/ groupadd with --data",
  target: "at least 0.55",
  flags: ["--data", data],
};

/** Second by second in turn, so that a slow moment of the machine meets both. */
async function compare({ name, request, target, flags = [] }: Work, rounds: number): Promise<Measurement[]> {
  const bare = await startBare();
  const mock = await startMockBin(...flags);
  const work = { next: () => request, connections: CONNECTIONS, milliseconds: SAMPLE_MS };
  const bares: Sample[] = [];
  const mocks: Sample[] = [];
  try {
    for (const server of [bare, mock]) await sample(server, { ...work, milliseconds: WARM_UP_MS });
    for (let round = 0; round < rounds; round += 1) {
      bares.push(await sample(bare, work));
      mocks.push(await sample(mock, work));
    }
  } finally {
    await Promise.all([bare.stop(), mock.stop()]);
  }
  const of = "bare node:http";
  return [
    paired(
      { name: `${name}, requests/s`, of, target, unit: "requests/s" },
      ["mock", mocks.map(({ perSecond }) => perSecond)],
      ["bare", bares.map(({ perSecond }) => perSecond)],
    ),
    // Turned round, so that 1 is as good as bare here too.
    paired(
      { name: `${name}, CPU per request, inverse`, of, target, unit: "µs" },
      ["bare", bares.map(({ cpuUs }) => cpuUs)],
      ["mock", mocks.map(({ cpuUs }) => cpuUs)],
    ),
  ];
}

/** What the built mock answers at 64 connections, beside a bare server with the same answers. */
export async function throughput(rounds: number): Promise<Measurement[]> {
  const measurements = [...(await compare(get, rounds)), ...(await compare(post, rounds))];
  try {
    return [...measurements, ...(await compare(durable, rounds))];
  } finally {
    for (const suffix of ["", "-wal", "-shm"]) rmSync(`${data}${suffix}`, { force: true });
  }
}
