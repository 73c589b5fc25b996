import { shaped } from "../../control/ask.ts";
import { worldSchema } from "../../control/schemas.ts";
import { command } from "../command.ts";
import { jsonLine } from "../print.ts";
import { readJsonFile } from "../read-json.ts";
import { openMock } from "./ask-mock.ts";
import { worldWords } from "./reset.ts";

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

/** A snapshot as the mock wrote it, or as `--json` printed it. */
const snapshotIn = (file: unknown): unknown => (isObject(file) && "snapshot" in file ? file.snapshot : file);

const pathOf = (world: string): string => `${world}/snapshot`;

/** Prints a mock's world as JSON, or puts one in its place. */
export const mockSnapshot = command({
  options: {
    restore: {
      type: "string",
      value: "file",
      about: "put this snapshot in the place of what is there; - is stdin",
    },
  },
  changes: true,
  run: async (invocation) => {
    const { values, dryRun, json, ndjson, emit } = invocation;
    const file = values.restore;
    if (file === undefined) {
      const { json: ask, world } = await openMock(invocation);
      const snapshot = await ask({ path: pathOf(world) });
      if (!json && !ndjson && isObject(snapshot)) emit(jsonLine(snapshot));
      return { data: { snapshot }, text: [] };
    }
    const body = snapshotIn(await readJsonFile(invocation, file));
    if (dryRun)
      return {
        data: { dry_run: true, would: { restore: true } },
        text: [`would restore the world from ${file}`],
      };
    const { text, world } = await openMock(invocation, true);
    const now = shaped(worldSchema, await text({ method: "PUT", path: pathOf(world), body }));
    return { data: { restored: true, world: now }, text: [`restored: ${worldWords(now)}`] };
  },
});
