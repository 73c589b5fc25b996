// `pnpm bench`: ratios measured side by side in one run; --json prints every sample, --quick takes fewer, --soak 60
// loads for an hour instead of five minutes.
import { parseArgs } from "node:util";
import { editCost } from "./edit-cost.ts";
import { forkCost } from "./fork-cost.ts";
import { largeWorld } from "./large.ts";
import { soak } from "./soak.ts";
import { coreImport, mockStart } from "./start.ts";
import { terminalFigures } from "./terminal.ts";
import { throughput } from "./throughput.ts";

const { values } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    soak: { type: "string" },
  },
});
const rounds = values.quick ? 7 : 21;
const minutes = Number(values.soak ?? (values.quick ? 0.5 : 5));
if (!(minutes > 0)) throw new RangeError(`--soak takes minutes, not ${values.soak ?? ""}.`);

const imported = await coreImport(rounds);
const measurements = [
  editCost(1_000),
  editCost(100_000),
  await mockStart(rounds),
  imported.measurement,
  ...(await throughput(values.quick ? 3 : 9)),
];
const figures = [forkCost(), ...(await largeWorld()), ...(await terminalFigures()), await soak(minutes)];

if (values.json) {
  process.stdout.write(
    `${JSON.stringify({ v: 1, node: process.version, measurements, figures }, null, 2)}\n`,
  );
} else {
  process.stdout.write(`node ${process.version}, medians of paired ratios\n\n`);
  for (const { name, of, ratio, target } of measurements) {
    const added = name === imported.measurement.name ? ` (${imported.addedMs.toFixed(1)} ms more)` : "";
    process.stdout.write(
      `${name.padEnd(60)} ${ratio.toFixed(2).padStart(6)} x ${of}${added}; target: ${target}\n`,
    );
  }
  process.stdout.write("\n");
  for (const { name, value, unit, target } of figures)
    process.stdout.write(`${name.padEnd(70)} ${value.toFixed(2).padStart(7)} ${unit}; target: ${target}\n`);
}
