import { createHash } from "node:crypto";
import { join } from "node:path";
import * as z from "zod/mini";
import { ProfileError } from "./errors.ts";
import { readOptional, writePrivate } from "./files.ts";
import { stateFolder } from "./paths.ts";
import type { Surroundings } from "./surroundings.ts";

const schema = z.object({ version: z.literal(1), profile: z.string(), at: z.number() });

// One file each, so that two programs that start at once do not overwrite each other's.
function usedPath(around: Surroundings, profile: string): string {
  const name = createHash("sha256").update(profile).digest("hex").slice(0, 32);
  return join(stateFolder(around), "used", `${name}.json`);
}

/** When a profile was connected to last, in Unix milliseconds; undefined where that is not known. */
export async function lastUsed(around: Surroundings, profile: string): Promise<number | undefined> {
  const text = await readOptional(usedPath(around, profile));
  try {
    return text === undefined ? undefined : schema.parse(JSON.parse(text)).at;
  } catch {
    // Half a file, or another version's, is as good as none.
    return undefined;
  }
}

/** Remembers that a profile was connected to. */
export async function markUsed(
  around: Surroundings,
  { profile, at }: { readonly profile: string; readonly at: number },
): Promise<void> {
  try {
    await writePrivate(usedPath(around, profile), `${JSON.stringify({ version: 1, profile, at })}\n`);
  } catch (error) {
    // A home that cannot be written is no reason to refuse a connection.
    if (!(error instanceof ProfileError)) throw error;
  }
}
