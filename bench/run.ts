// `pnpm bench [name…]`: all benches or the named ones; --json prints every sample, --quick takes fewer, --soak 60
// loads for an hour instead of five minutes, --write makes RESULTS.md and its plots, --list tells the names.
import { parseArgs } from "node:util";
import type { Bench, Plan, Row } from "./bench.ts";
import { commandStart } from "./commands.ts";
import { compare, quickEffort, wholeEffort } from "./compare.ts";
import { bare, ours } from "./contender.ts";
import { coreRows } from "./core.ts";
import { editCosts } from "./edit-cost.ts";
import { forkCost } from "./fork-cost.ts";
import { gatewayRows } from "./gateway.ts";
import { largeWorld } from "./large.ts";
import { memberLists } from "./lists.ts";
import { soak } from "./soak.ts";
import { comparePeers } from "./peers.ts";
import { machine, writeResults, type Result } from "./results.ts";
import { coreImport } from "./start.ts";
import { plainTable, tablesOf } from "./table.ts";
import { terminalFigures } from "./terminal.ts";

const benches: readonly Bench[] = [
  { name: "core", run: ({ quick }) => coreRows(quick ? 9 : 21) },
  { name: "edits", run: ({ quick }) => editCosts(quick) },
  { name: "forks", run: () => [forkCost()] },
  { name: "import", run: ({ quick }) => coreImport(quick ? 7 : 21) },
  { name: "commands", run: ({ quick }) => commandStart(quick ? 9 : 41) },
  {
    name: "mock",
    run: ({ quick }) =>
      compare([{ ...bare, name: "bare node:http, once more" }, ...ours], quick ? quickEffort : wholeEffort),
  },
  { name: "peers", run: ({ quick }) => comparePeers(quick) },
  { name: "gateway", run: ({ quick }) => gatewayRows(quick) },
  { name: "lists", run: ({ quick }) => memberLists(quick) },
  { name: "large", run: ({ quick }) => largeWorld(quick) },
  { name: "terminal", run: ({ quick }) => terminalFigures(quick) },
  {
    name: "soak",
    run: async ({ soakMinutes }) =>
      soakMinutes === 0
        ? [
            {
              name: "RSS slope of mixed load",
              skipped: "a slope takes minutes: without --quick, or with --soak",
            },
          ]
        : [await soak(soakMinutes)],
  },
];

const { values, positionals } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    list: { type: "boolean", default: false },
    write: { type: "boolean", default: false },
    soak: { type: "string" },
  },
  allowPositionals: true,
});
const soakMinutes = values.soak === undefined ? (values.quick ? 0 : 5) : Number(values.soak);
if (!(soakMinutes > 0 || values.soak === undefined))
  throw new RangeError(`--soak takes minutes, not ${values.soak ?? ""}.`);
const known = benches.map(({ name }) => name);
for (const name of positionals) {
  if (!known.includes(name)) throw new RangeError(`There is no bench ${name}, only ${known.join(", ")}.`);
}

/** The rows of a bench; where it fails, one that says why, so that the others are measured all the same. */
async function rowsOf({ name, run }: Bench, plan: Plan): Promise<readonly Row[]> {
  try {
    return await run(plan);
  } catch (error) {
    process.exitCode = 1;
    return [{ name, skipped: error instanceof Error ? error.message : String(error) }];
  }
}

if (values.list) {
  process.stdout.write(`${known.join("\n")}\n`);
} else {
  const wanted = benches.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  const plan = { quick: values.quick, soakMinutes };
  const results: Result[] = [];
  const how = ["npx -y pnpm@12 bench", ...process.argv.slice(2)].join(" ");
  if (!values.json) process.stdout.write(`node ${process.version}; a ratio is a median of paired ratios\n`);
  for (const bench of wanted) {
    const started = performance.now();
    const rows = await rowsOf(bench, plan);
    const seconds = Math.round(performance.now() - started) / 1_000;
    results.push({ bench: bench.name, seconds, rows });
    // After each, so that a run that is ended early leaves what it has.
    if (values.write) await writeResults(results, how);
    if (!values.json) {
      const tables = tablesOf(rows).map(plainTable).join("\n");
      process.stdout.write(`\n# ${bench.name}, ${seconds} s\n\n${tables}`);
    }
  }
  if (values.json)
    process.stdout.write(
      `${JSON.stringify({ v: 1, node: process.version, machine: machine(), results }, null, 2)}\n`,
    );
}
