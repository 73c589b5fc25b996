import { lastUsed } from "./last-used.ts";
import { listProfiles, type ProfileRow } from "./list.ts";
import { loadFiles } from "./load.ts";
import type { Profile } from "./schema.ts";
import type { Surroundings } from "./surroundings.ts";

/** A profile as the application shows and edits it. */
export interface KnownProfile extends ProfileRow {
  /** As the user's file has it; undefined for the mock inside, which is in no file. */
  readonly stored: Profile | undefined;
  /** Unix milliseconds; undefined where it was never connected to on this machine. */
  readonly usedAt: number | undefined;
}

/** The user's profiles in the order of the file, and the mock inside. */
export async function knownProfiles(around: Surroundings): Promise<readonly KnownProfile[]> {
  const files = await loadFiles(around);
  const profiles = files.user?.content.profiles ?? {};
  return Promise.all(
    listProfiles(files).map(async (row) => ({
      ...row,
      stored: Object.hasOwn(profiles, row.name) ? profiles[row.name] : undefined,
      usedAt: await lastUsed(around, row.name),
    })),
  );
}
