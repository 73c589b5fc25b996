// `pnpm bench`: ratios measured side by side in one run; --json prints every sample, --quick takes fewer.
import { editCost } from "./edit-cost.ts";
import { coreImport, mockStart } from "./start.ts";

const quick = process.argv.includes("--quick");
const rounds = quick ? 7 : 21;

const imported = await coreImport(rounds);
const measurements = [editCost(1_000), editCost(100_000), await mockStart(rounds), imported.measurement];

if (process.argv.includes("--json")) {
  process.stdout.write(`${JSON.stringify({ v: 1, node: process.version, measurements }, null, 2)}\n`);
} else {
  process.stdout.write(`node ${process.version}, medians of paired ratios\n\n`);
  for (const { name, of, ratio, target } of measurements) {
    const added = name === imported.measurement.name ? ` (${imported.addedMs.toFixed(1)} ms more)` : "";
    process.stdout.write(
      `${name.padEnd(46)} ${ratio.toFixed(2).padStart(6)} x ${of}${added}; target: ${target}\n`,
    );
  }
}
