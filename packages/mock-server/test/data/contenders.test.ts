import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { writeSnapshot } from "../../src/snapshot/write.ts";
import { openData } from "../../src/data/open.ts";
import { byRows } from "./folding.ts";

const TURNS = process.env["MESIBO_LONG"] === "1" ? 80 : 25;
const contender = fileURLToPath(new URL("contender.ts", import.meta.url));
const args = (file: string, name: string, turns: number): string[] => [
  "--conditions=@mesibo-groups/source",
  contender,
  file,
  name,
  String(turns),
];
const folder = mkdtempSync(join(tmpdir(), "mesibo-contenders-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** Runs something at the moment when a file has been read and is about to be taken. */
function beforeTaking(work: () => void): void {
  const builtin = process.getBuiltinModule.bind(process);
  const sqlite = builtin("node:sqlite");
  let done = false;
  const DatabaseSync = new Proxy(sqlite.DatabaseSync, {
    construct: (target, given: ConstructorParameters<typeof sqlite.DatabaseSync>) => {
      if (given[1]?.readOnly !== true && !done) {
        done = true;
        work();
      }
      return new target(...given);
    },
  });
  const patched = (id: string) => (id === "node:sqlite" ? { ...sqlite, DatabaseSync } : builtin(id));
  vi.spyOn(process, "getBuiltinModule").mockImplementation(patched);
}

test(
  "processes that take turns on one file, from its making on, see all that the others had acknowledged",
  { timeout: 300_000 },
  async () => {
    const file = join(folder, "shared.db");
    const outputs = await Promise.all(
      ["one", "two", "three"].map((name) => promisify(execFile)(process.execPath, args(file, name, TURNS))),
    );
    const acknowledged = outputs.flatMap(({ stdout }) => stdout.trimEnd().split("\n"));
    const { worlds, recorder } = openData(file, { present: () => worlds });
    recorder.close();
    expect(acknowledged).toHaveLength(3 * TURNS);
    expect([...worlds.keys()].toSorted()).toEqual(["shared", ...acknowledged].toSorted());
    // Each turn counted on from what the turn before had left.
    expect(worlds.get("shared")?.world.nextMid).toBe(1 + 3 * TURNS);
  },
);

describe("a file that another process writes between its reading and its taking", () => {
  test.each([
    ["is refused as in use", 3],
    ["is refused as in use, also when it was made only then", 0],
  ])("%s", (_, turns) => {
    const file = join(folder, `meanwhile-${turns}.db`);
    if (turns > 0) execFileSync(process.execPath, args(file, "before", turns));
    beforeTaking(() => {
      execFileSync(process.execPath, args(file, "meanwhile", 1));
    });
    expect(() => openData(file, { present: () => [] })).toThrow(
      expect.objectContaining({
        kind: "busy",
        message: `--data ${file} is in use by another mesibo-mock; end that one first.`,
      }),
    );
    const { worlds, recorder } = openData(file, { present: () => worlds });
    recorder.close();
    expect([...worlds.keys()]).toContain("meanwhile 0");
  });

  test("is refused also when the other one has folded it to as few rows as before", () => {
    const file = join(folder, "folded.db");
    const once = () => {
      const { worlds, recorder } = openData(file, { present: () => worlds, folding: byRows(0, 0) });
      return { worlds, recorder };
    };
    execFileSync(process.execPath, args(file, "before", 1));
    const before = once();
    before.recorder.close();
    beforeTaking(() => {
      const other = once();
      for (const token of other.worlds.keys()) other.recorder.presence(token, {});
      other.recorder.close();
    });
    expect(() => openData(file, { present: () => [] })).toThrow(expect.objectContaining({ kind: "busy" }));
    const after = once();
    after.recorder.close();
    const plain = ({ worlds }: typeof after) =>
      [...worlds].map(([token, { world, clock }]) => [token, writeSnapshot(world, clock)]);
    expect(plain(after)).toEqual(plain(before));
  });
});
