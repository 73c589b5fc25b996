import { MAX_GID, type Gid } from "@mesibo-groups/core";
import { usage } from "./command-error.ts";
import type { Argument } from "./reading.ts";

/** The argument that names a group. */
export const gidArgument = {
  name: "gid",
  about: "the group's id, such as 102529",
} as const satisfies Argument;

/** Reads a gid as it was typed. Throws a `CommandError`. */
export function readGid(text: string | undefined): Gid {
  const gid = text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : 0;
  if (gid > 0 && gid <= MAX_GID) return gid;
  throw usage(
    `gid must be a whole number from 1 to ${MAX_GID}, not ${JSON.stringify(text)}. See groups list.`,
  );
}

/** Refuses what cannot be undone unless the group was named once more. */
export function requireConfirmation(
  { gid, confirm }: { readonly gid: Gid; readonly confirm: readonly string[] },
  act: string,
): void {
  if (confirm.includes(String(gid))) return;
  const [other] = confirm;
  const how =
    other === undefined
      ? `Add --confirm ${gid}`
      : `--confirm names ${JSON.stringify(other)}; write --confirm ${gid}`;
  throw usage(`${act} cannot be undone. ${how} to do it. Nothing was sent.`);
}
