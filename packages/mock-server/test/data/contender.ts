import { writeSync } from "node:fs";
import { DataFileError } from "../../src/data/errors.ts";
import { openData } from "../../src/data/open.ts";
import { createWorld } from "../../src/engine/world.ts";
import { mockParts } from "../../src/parts.ts";
import { byRows } from "./folding.ts";

// A process among others on the same file: opens it again and again, makes one world each time that it has it, and
// prints the token of each that is acknowledged. A file in use is tried again; any other refusal ends the process.

const [file = "", name = "", turns = "0"] = process.argv.slice(2);

const open = () => {
  try {
    return mockParts({}, (present) => {
      const { worlds: kept, recorder } = openData(file, { present, folding: byRows(20, 50) });
      return { kept, recorder };
    }).worlds;
  } catch (error) {
    if (error instanceof DataFileError && error.kind === "busy") return undefined;
    throw error;
  }
};

for (let turn = 0; turn < Number(turns);) {
  const worlds = open();
  if (worlds === undefined) continue;
  const token = `${name} ${turn}`;
  // The same world of all, changed by each: who missed a change of another would write what cannot be replayed.
  const shared = worlds.find("shared");
  if (shared === undefined) throw new Error("any token is a world");
  worlds.restore(shared, {
    world: { ...createWorld(), nextMid: shared.world.nextMid + 1 },
    clock: shared.clock.state(),
  });
  worlds.seed(token, undefined);
  await new Promise<void>((resolve, reject) => {
    worlds.recorder.settle((error) => {
      if (error === undefined) resolve();
      else reject(error);
    });
  });
  writeSync(1, `${token}\n`);
  worlds.close();
  turn += 1;
}
