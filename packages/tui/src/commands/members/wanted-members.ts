import type { Member } from "@mesibo-groups/core";
import { usage } from "../command-error.ts";
import type { Context } from "../command.ts";
import { plural } from "../../text/words.ts";
import { addressWords } from "./addresses.ts";
import { readMemberList } from "./read-list.ts";

/** How many faults of a list are named. */
const SHOWN = 8;

/** A member list from a file or stdin, each address once, the last line winning. Throws a `CommandError`. */
export async function wantedMembers(
  { read, say }: Pick<Context, "read" | "say">,
  path: string,
): Promise<readonly Member[]> {
  const rows = readMemberList(await read(path));
  const faults = rows.flatMap(({ line, address }) => {
    const words = addressWords(address);
    return words === undefined ? [] : [`line ${line}: ${words}`];
  });
  if (faults.length > 0) {
    const more = faults.length > SHOWN ? `; and ${faults.length - SHOWN} more` : "";
    throw usage(`${faults.slice(0, SHOWN).join("; ")}${more}. Correct the list; nothing was sent.`);
  }
  const wanted = new Map(rows.map(({ address, permissions }) => [address, { address, permissions }]));
  const repeated = rows.length - wanted.size;
  if (repeated > 0) say(`${plural(repeated, "line")} repeat an address; the last line of each counts.`);
  return [...wanted.values()];
}
