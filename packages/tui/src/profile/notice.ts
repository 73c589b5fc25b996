import { createHash } from "node:crypto";
import { hostname } from "node:os";
import { join } from "node:path";
import { ProfileError } from "./errors.ts";
import { readOptional, writePrivate } from "./files.ts";
import { stateFolder } from "./paths.ts";
import type { Resolved } from "./resolve.ts";
import type { Surroundings } from "./surroundings.ts";

/** What is said before a machine talks to mesibo itself for the first time. */
export const DIRECT_NOTICE =
  "mesibo disables an app after backend calls from more than five addresses. This machine would be one of them.";

/** Whose notice it is. */
export interface NoticeFor {
  readonly around: Surroundings;
  readonly resolved: Resolved;
  /** Default: this machine's name, as home folders may be shared between machines. */
  readonly machine?: string | undefined;
}

// One file each, so that two programs that start at once do not overwrite each other's.
function noticePath({ around, resolved, machine = hostname() }: NoticeFor): string {
  const key = JSON.stringify([machine, resolved.profile.value, resolved.url.value]);
  const name = createHash("sha256").update(key).digest("hex").slice(0, 32);
  return join(stateFolder(around), "notices", `${name}.json`);
}

/** The notice where this profile and machine have not seen it yet. */
export async function pendingNotice(whose: NoticeFor): Promise<string | undefined> {
  if (whose.resolved.kind.value !== "mesibo") return undefined;
  return (await readOptional(noticePath(whose))) === undefined ? DIRECT_NOTICE : undefined;
}

/** Remembers that the notice was shown. Resolves with why it will be shown again, where it cannot be remembered. */
export async function acknowledgeNotice(whose: NoticeFor): Promise<string | undefined> {
  const { profile } = whose.resolved;
  try {
    await writePrivate(noticePath(whose), `${JSON.stringify({ version: 1, profile: profile.value })}\n`);
    return undefined;
  } catch (error) {
    // A home that cannot be written is no reason to refuse a connection.
    if (!(error instanceof ProfileError)) throw error;
    return `${error.message} Until then this notice comes each time.`;
  }
}
