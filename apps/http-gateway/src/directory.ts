import { RefusedError, type Client, type Gid, type Group, type MemberRow } from "@mesibo-groups/core";
import { ProblemError } from "./problem.ts";

/** How many rows the gateway asks for when it looks for one of them. About 1.5 MB of groups. */
export const MAX_LOOKED_THROUGH = 10_000;

// mesibo: "max 20" for listings in v1 (D1full); a v2 caller asks for 100000 and clamping is not known (PARK).
const DOCUMENTED_CUT = 20;

/** A listing of mesibo, with what is known about its end. */
export interface Listing<T> {
  readonly rows: readonly T[];
  /** False when the listing may have been cut. */
  readonly complete: boolean;
}

/** What to list, and until when. */
export interface ListQuery {
  readonly count: number;
  readonly signal?: AbortSignal | undefined;
}

// A listing shorter than asked for has ended by itself, unless it is exactly as long as the only known cut.
const endedByItself = (rows: number, count: number): boolean => rows < count && rows !== DOCUMENTED_CUT;

/** Lists groups, or those whose name matches. */
export async function listGroups(
  client: Client,
  { count, pattern, signal }: ListQuery & { readonly pattern?: string | undefined },
): Promise<Listing<Group>> {
  const { groups, groupscount } = await client.groups.list({ count, pattern }, { signal });
  // groupscount counts every group of the app, so behind a pattern it is only an upper bound.
  const all = groups.length >= groupscount;
  return { rows: groups, complete: all || (pattern !== undefined && endedByItself(groups.length, count)) };
}

/** Lists members of a group. */
export async function listMembers(
  client: Client,
  { gid, count, signal }: ListQuery & { readonly gid: Gid },
): Promise<Listing<MemberRow>> {
  const rows = await client.members.list({ gid, count }, { signal });
  return { rows, complete: endedByItself(rows.length, count) };
}

/** What to look for. */
export interface Lookup {
  readonly gid: Gid;
  readonly signal?: AbortSignal | undefined;
}

/**
 * One group, found by listing: mesibo has no operation that tells one group.
 *
 * Throws `group-not-found` when every group was listed without it, and `upstream-cannot-list` when the listing
 * was cut: then the group may exist all the same.
 */
export async function findGroup(client: Client, { gid, signal }: Lookup): Promise<Group> {
  const { groups, groupscount } = await client.groups.list({ count: MAX_LOOKED_THROUGH }, { signal });
  const found = groups.find((group) => group.gid === gid);
  if (found !== undefined) return found;
  if (groups.length >= groupscount) {
    throw new ProblemError("group-not-found", {
      detail: `The app has ${groupscount} groups, and none has the gid ${gid}.`,
      members: { gid },
    });
  }
  throw new ProblemError("upstream-cannot-list", {
    detail: `mesibo listed ${groups.length} of ${groupscount} groups, and ${gid} is not among them; it may exist all the same.`,
    members: { gid },
  });
}

/** Whether a member was found, or certainly is not there. */
export type FoundMember = MemberRow | "non_member";

/**
 * One member, found by listing. Throws `upstream-cannot-list` when the address is not in the listing and the
 * listing may have been cut.
 */
export async function findMember(
  client: Client,
  { gid, address, signal }: Lookup & { readonly address: string },
): Promise<FoundMember> {
  const { rows, complete } = await listMembers(client, { gid, count: MAX_LOOKED_THROUGH, signal });
  const found = rows.find((member) => member.address === address);
  if (found !== undefined) return found;
  if (complete) return "non_member";
  throw new ProblemError("upstream-cannot-list", {
    detail: `mesibo listed ${rows.length} members and may have more; whether this address is one cannot be told.`,
    members: { gid },
  });
}

/** True for what means "mesibo does not tell" and not "the call went wrong". */
export function cannotTell(error: unknown): boolean {
  return (
    (error instanceof ProblemError && error.problem === "upstream-cannot-list") ||
    (error instanceof RefusedError && error.kind === "refused" && error.op === "groupsget")
  );
}
