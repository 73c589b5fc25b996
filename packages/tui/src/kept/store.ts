import { readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { codeWord, isMissing } from "../file-words.ts";
import { ProfileError } from "../profile/errors.ts";
import { readOptional, writePrivate } from "../profile/files.ts";
import { plural } from "../text/words.ts";
import { alone } from "./alone.ts";
import { idPattern, readEntry, writeEntry, type Entry } from "./entry.ts";

/** Changes that are kept at most: whoever settles none of so many is told, and no other one is sent. */
export const MAX_KEPT = 1000;

const ENDING = ".json";

/** What is kept on this machine. */
export interface Kept {
  /** Newest first, of every profile. */
  readonly entries: readonly Entry[];
  /** What cannot be read, in a sentence each. */
  readonly faults: readonly string[];
}

/** The changes that may have happened, a file each, so that programs at once do not overwrite each other's. Everything rejects with `ProfileError`. */
export interface Store {
  /** Writes an entry, new or in the place of the one with its id. */
  readonly write: (entry: Entry) => Promise<void>;
  readonly remove: (id: string) => Promise<void>;
  /** Runs work on an entry that one program at a time may do; undefined where another one is at it. */
  readonly alone: <T>(id: string, work: () => Promise<T>) => Promise<T | undefined>;
  readonly list: () => Promise<Kept>;
  /** Why no more can be kept, as a sentence; undefined while there is room. */
  readonly full: () => Promise<string | undefined>;
}

/** A store in this folder, which is made when it is needed. */
export function createStore(folder: string): Store {
  const pathOf = (id: string): string => join(folder, `${id}${ENDING}`);

  async function ids(): Promise<readonly string[]> {
    const names = await readdir(folder).catch((error: unknown) => {
      if (isMissing(error)) return [];
      const next = "Check who may read it.";
      throw new ProfileError({ source: folder, fault: `cannot be read (${codeWord(error)}).`, next });
    });
    return names
      .filter((name) => name.endsWith(ENDING))
      .map((name) => name.slice(0, -ENDING.length))
      .filter((id) => idPattern.test(id))
      .toSorted();
  }

  /** What is no entry is kept under another name, for somebody to look at. */
  async function setAside(id: string): Promise<string> {
    const aside = `${pathOf(id)}.damaged`;
    const moved = await rename(pathOf(id), aside).then(
      () => `it was set aside as ${aside}`,
      () => `it is left at ${pathOf(id)}`,
    );
    return `What is kept of ${id} cannot be read; ${moved}. It stands for a change that may have happened.`;
  }

  return {
    write: (entry) => writePrivate(pathOf(entry.id), writeEntry(entry)),
    remove: async (id) => {
      await rm(pathOf(id), { force: true }).catch((error: unknown) => {
        const next = "Check who may write there.";
        throw new ProfileError({
          source: pathOf(id),
          fault: `cannot be removed (${codeWord(error)}).`,
          next,
        });
      });
    },
    alone: (id, work) => alone(`${pathOf(id)}.lock`, work),
    list: async () => {
      const entries: Entry[] = [];
      const faults: string[] = [];
      for (const id of await ids()) {
        // What may not be read hides no other, and is set aside as what is damaged.
        const text = await readOptional(pathOf(id)).catch(() => "");
        // Another process has settled it meanwhile.
        if (text === undefined) continue;
        const entry = readEntry(text);
        if (entry?.id === id) entries.unshift(entry);
        else faults.push(await setAside(id));
      }
      return { entries, faults };
    },
    full: async () => {
      // Where nothing can be read, nothing can be written either, and that is told by itself.
      const known = await ids().catch(() => []);
      return known.length < MAX_KEPT
        ? undefined
        : `${plural(MAX_KEPT, "change")} of unknown outcome are kept in ${folder}, and no more fit. Settle some first: see ops list.`;
    },
  };
}
