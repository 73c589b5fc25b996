import { spawn } from "node:child_process";
import { performance } from "node:perf_hooks";
import { path } from "./server.ts";
import { median, paired, type Figure, type Measurement } from "./stats.ts";

/** Milliseconds of a whole run of `node` with these arguments. */
export const wholeRun = (...args: readonly string[]): Promise<number> =>
  new Promise((resolve, reject) => {
    const started = performance.now();
    spawn(process.execPath, args, { stdio: "ignore" })
      .on("exit", (code) => {
        if (code === 0) resolve(performance.now() - started);
        else reject(new Error(`node ${args.join(" ")} ended with ${String(code)}`));
      })
      .on("error", reject);
  });

/** Measures one and the other in turn, after once unmeasured. */
export async function interleaved(
  rounds: number,
  left: () => Promise<number>,
  right: () => Promise<number>,
): Promise<readonly [number[], number[]]> {
  const lefts: number[] = [];
  const rights: number[] = [];
  await left();
  await right();
  for (let round = 0; round < rounds; round += 1) {
    lefts.push(await left());
    rights.push(await right());
  }
  return [lefts, rights];
}

const runModule = (code: string) => () => wholeRun("--input-type=module", "-e", code);

/** What importing the built core adds to a bare Node. */
export async function coreImport(rounds: number): Promise<readonly [Measurement, Figure]> {
  const core = JSON.stringify(path("packages/core/dist/index.js"));
  const [imported, bare] = await interleaved(rounds, runModule(`import ${core}`), runModule("0"));
  const added = imported.map((value, index) => value - (bare[index] ?? 0));
  return [
    paired(
      { name: "importing the built core", of: "an empty module", target: "15 ms more at most", unit: "ms" },
      ["core", imported],
      ["bare", bare],
    ),
    {
      name: "importing the built core adds",
      value: median(added),
      unit: "ms",
      target: "at most 15",
      samples: added,
    },
  ];
}
