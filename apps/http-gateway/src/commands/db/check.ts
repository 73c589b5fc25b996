import { checkStore } from "../../db/check.ts";
import type { Command } from "../command.ts";
import { withStore } from "../with-store.ts";

/** Looks whether the store is sound. */
export const dbCheck: Command = {
  summary: "look whether the store is sound: integrity, migrations, the audit's chain, counts (--json)",
  options: { json: { type: "boolean" } },
  run: async ({ flags, variables }) => {
    const { place, findings, counts } = await withStore(variables, checkStore);
    const ok = findings.every((finding) => finding.ok);
    if (flags["json"] === true) {
      process.stdout.write(`${JSON.stringify({ v: 1, ok, place, findings, counts })}\n`);
      return ok ? 0 : 1;
    }
    const lines = [
      place,
      ...findings.map(({ name, ok, detail }) => `${ok ? "ok  " : "BAD "} ${name}: ${detail}`),
      ...Object.entries(counts).map(([table, rows]) => `     ${table}: ${rows} rows`),
    ];
    process.stdout.write(`${lines.join("\n")}\n`);
    return ok ? 0 : 1;
  },
};
