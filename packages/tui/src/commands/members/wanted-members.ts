import { allPermissions } from "@mesibo-groups/core";
import type { Put } from "../../bulk/edit.ts";
import { BulkReadError } from "../../bulk/limits.ts";
import { previewMembers } from "../../bulk/preview.ts";
import { readMembers, type BulkList } from "../../bulk/read.ts";
import { plural } from "../../text/words.ts";
import type { Context } from "../command.ts";
import { usage } from "../command-error.ts";

/** How many faults of a list are named. */
const SHOWN = 8;

function readList(text: string): BulkList {
  try {
    return readMembers(text);
  } catch (error) {
    throw error instanceof BulkReadError ? usage(`${error.message} Nothing was sent.`) : error;
  }
}

/** A member list from a file or stdin, each address once, the first line counting. Throws a `CommandError`. */
export async function wantedMembers(
  { read, say }: Pick<Context, "read" | "say">,
  path: string,
): Promise<readonly Put[]> {
  const list = readList(await read(path));
  const { added, duplicates, invalid } = previewMembers(list, { permissions: allPermissions });
  if (invalid.length > 0) {
    const faults = invalid
      .slice(0, SHOWN)
      .map(({ line, text, reason }) => `line ${line}: ${JSON.stringify(text)} ${reason}`);
    const more = invalid.length > SHOWN ? `; and ${invalid.length - SHOWN} more` : "";
    throw usage(`${faults.join("; ")}${more}. Correct the list; nothing was sent.`);
  }
  for (const { name, nearest } of list.ignored) {
    say(`Column ${name} is not used.${nearest === undefined ? "" : ` Is ${nearest} meant?`}`);
  }
  if (duplicates.length > 0)
    say(`${plural(duplicates.length, "line")} repeat an address; the first line of each counts.`);
  return added;
}
