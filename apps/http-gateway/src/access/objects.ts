import type { Gid } from "@mesibo-groups/core";
import type { Kysely } from "kysely";
import type { Actor } from "../environment.ts";
import type { Operation } from "../operations/operation.ts";
import { ProblemError } from "../problem.ts";
import type { Store } from "../store/store.ts";
import type { Tables } from "../store/tables.ts";
import { mayTouch } from "./group-rule.ts";

/** Throws `object-not-allowed`. The words are the same for every group, so that nobody learns which there are. */
export function refuseObject(members?: { readonly gid: Gid }): never {
  const detail = "This API key is for other groups only.";
  throw new ProblemError("object-not-allowed", { detail, ...(members === undefined ? {} : { members }) });
}

/** A group's name, of a deleted one too: whoever could delete it may ask for that again. */
async function nameOf(db: Kysely<Tables>, gid: Gid): Promise<string | undefined> {
  const row = await db.selectFrom("groups").select("name").where("gid", "=", gid).executeTakeFirst();
  return row?.name;
}

/** A group that somebody asks for. */
export interface AskedGroup {
  readonly actor: Actor;
  readonly gid: Gid;
}

/** Throws `object-not-allowed` unless somebody may touch a group. */
export async function requireGroup(
  { store }: { readonly store: Store },
  { actor: { groups }, gid }: AskedGroup,
): Promise<void> {
  if (mayTouch(groups, { gid })) return;
  const name = groups?.name_prefix === undefined ? undefined : await store.read((db) => nameOf(db, gid));
  if (!mayTouch(groups, { gid, name })) refuseObject({ gid });
}

/** Throws `object-not-allowed` unless somebody may give a group this name: a new one, where there is no gid. */
export function requireName(
  { groups }: Actor,
  { gid, name }: { readonly gid?: Gid; readonly name: string },
): void {
  if (!mayTouch(groups, { gid, name })) refuseObject(gid === undefined ? undefined : { gid });
}

/** Whether somebody sees what others have asked for. */
export const seesOthers = ({ scopes, groups }: Actor): boolean =>
  groups === undefined && scopes.has("operations:read");

/** Whether somebody may settle an operation: their own, or any where they may touch every group. */
export const maySettle = (actor: Actor, { actor: asker }: Operation): boolean =>
  actor.groups === undefined || actor.id === asker;
