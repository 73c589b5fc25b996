import { parse } from "./parse.ts";
import { seedFromJson, seedSchema } from "./seed-schema.ts";
import { seededWorld, type Seed } from "./seed.ts";

/** A seed file cannot be taken. */
export class SeedFileError extends Error {
  override readonly name = "SeedFileError";
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(process.getBuiltinModule("node:fs").readFileSync(file, "utf8"));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new SeedFileError(`--seed takes demo or a JSON file; ${file} cannot be read: ${why}.`);
  }
}

/** Reads a seed from a JSON file. Throws {@link SeedFileError} where it is none or contradicts itself. */
export function readSeedFile(file: string): Seed {
  const read = parse(seedSchema, readJson(file), "seed");
  if (!read.ok) throw new SeedFileError(`--seed ${file}: ${read.reason.replace(/[^.?]$/, "$&.")}`);
  const seed = seedFromJson(read.data);
  try {
    seededWorld(seed, 0);
  } catch (error) {
    throw new SeedFileError(`--seed ${file}: ${error instanceof Error ? error.message : String(error)}.`);
  }
  return seed;
}
