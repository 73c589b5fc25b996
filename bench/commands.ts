import { path } from "./server.ts";
import { interleaved, wholeRun } from "./start.ts";
import { paired, percentile, type Figure, type Measurement } from "./stats.ts";

const lines: readonly (readonly string[])[] = [["--help"], ["flags", "explain", "0x91"], ["groups", "list"]];

/** How soon built commands have ended, beside a Node that does nothing. `groups list` asks the mock inside it. */
export async function commandStart(rounds: number): Promise<readonly (Measurement | Figure)[]> {
  const bin = path("packages/tui/dist/cli.js");
  const rows: (Measurement | Figure)[] = [];
  for (const line of lines) {
    const name = `mesibo-groups ${line.join(" ")}`;
    const [ours, bare] = await interleaved(
      rounds,
      () => wholeRun(bin, ...line),
      () => wholeRun("-e", "0"),
    );
    rows.push(
      paired(
        { name, of: "node -e 0", target: "at most 4", unit: "ms" },
        ["mesibo-groups", ours],
        ["node -e 0", bare],
      ),
      {
        name: `${name}, p95`,
        value: percentile(ours, 95),
        unit: "ms",
        target: `at most 150, or ${(4 * percentile(bare, 95)).toFixed(0)}: 4 times node's own p95`,
        samples: ours,
      },
    );
  }
  return rows;
}
