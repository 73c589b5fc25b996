import { UnknownOutcomeError, type Client, type Gid, type Group, type MemberRow } from "@mesibo-groups/core";
import type { Kysely } from "kysely";
import * as z from "zod";
import { saveGroup } from "../../directory/groups.ts";
import { findMember, setMembers } from "../../directory/members.ts";
import type { NewEvent } from "../../journal/events.ts";
import { appendJournal } from "../../journal/journal.ts";
import type { Tables } from "../../store/tables.ts";
import { viewGroup, viewMember } from "../../views.ts";
import type { Engine } from "../engine.ts";
import type { Kind } from "../kind.ts";

const request = z.strictObject({ gids: z.array(z.int()) });

/** Groups to take up. */
export type ImportGroups = z.output<typeof request>;

/** A group as mesibo told it. */
export interface ToldGroup {
  readonly group: Group;
  readonly members: readonly MemberRow[];
  /** False when the list of members may have been cut. */
  readonly complete: boolean;
}

/** How many rows the gateway asks for when it looks for some of them. About 1.5 MB of groups. */
const MAX_LOOKED_THROUGH = 10_000;

// mesibo: "max 20" for listings in v1 (D1full); a v2 caller asks for 100000 and clamping is not known (PARK).
const DOCUMENTED_CUT = 20;

async function tell(client: Client, group: Group): Promise<ToldGroup> {
  const members = await client.members.list({ gid: group.gid, count: MAX_LOOKED_THROUGH });
  // PostgreSQL takes no NUL, and what cannot be written down would be tried for ever.
  if ([group.name, ...members.map(({ address }) => address)].some((text) => text.includes("\0"))) {
    const facts = { op: "groupgetmembers", kind: "protocol", sent: "yes", attempts: 1 } as const;
    throw new UnknownOutcomeError(facts, `a NUL in the name or in an address of group ${group.gid}`);
  }
  // A listing shorter than asked for has ended by itself, unless it is exactly as long as the only known cut.
  const complete = members.length < MAX_LOOKED_THROUGH && members.length !== DOCUMENTED_CUT;
  return { group, members, complete };
}

/** What mesibo tells of some groups, or of all of them. One request for the groups, and one for each one's members. */
async function askForGroups(client: Client, gids?: readonly Gid[]): Promise<readonly ToldGroup[]> {
  const { groups } = await client.groups.list({ count: MAX_LOOKED_THROUGH });
  const told: ToldGroup[] = [];
  for (const group of groups) {
    if (gids === undefined || gids.includes(group.gid)) told.push(await tell(client, group));
  }
  return told;
}

/** Writes a group down that mesibo told, with its members. Answers what is told of that. */
export async function takeUp(
  db: Kysely<Tables>,
  { told: { group, members }, at }: { readonly told: ToldGroup; readonly at: number },
): Promise<readonly NewEvent[]> {
  const { gid, name, flags, expiry, expiryext, active } = group;
  const expiresAt = at + expiry * 1000;
  const saved = await saveGroup(db, {
    gid,
    name,
    flags,
    expiresAt,
    expiryExtension: expiryext,
    active,
    source: "imported",
    at,
  });
  const events: NewEvent[] = [{ type: "group.imported", gid, payload: viewGroup(saved), at }];
  for (const { address, permissions } of members) {
    await setMembers(db, { gid, addresses: [address], permissions, source: "imported", at });
    const member = await findMember(db, { gid, address });
    if (member === undefined) throw new Error("a member was written and cannot be read");
    events.push({ type: "member.set", gid, subject: address, payload: viewMember(member), at });
  }
  return events;
}

/** Takes up groups that were made elsewhere, with their members. Reads only, so it may be done again at any time. */
export const importGroups: Kind<ImportGroups, readonly ToldGroup[]> = {
  name: "import_groups",
  request,
  repeatable: true,
  gid: () => undefined,
  call: async (client, { gids }, { beforeSend }) => {
    await beforeSend?.();
    return askForGroups(client, gids);
  },
  settle: async ({ db }, { request: { gids }, result, at }) => {
    const events: NewEvent[] = [];
    const items = [];
    for (const gid of gids) {
      const told = result.find(({ group }) => group.gid === gid);
      if (told === undefined) {
        items.push({ gid, status: "not_found", members: 0, members_complete: false });
        continue;
      }
      events.push(...(await takeUp(db, { told, at })));
      const { members, complete } = told;
      items.push({ gid, status: "imported", members: members.length, members_complete: complete });
    }
    const imported = items.filter(({ status }) => status === "imported").length;
    return {
      gid: undefined,
      events,
      state: imported === gids.length ? "succeeded" : "partial",
      answer: { status: 207, headers: {}, body: { items, imported, not_found: gids.length - imported } },
    };
  },
};

/** Takes up every group that mesibo lists. */
export async function importAll({ client, store, now }: Engine): Promise<void> {
  const all = await askForGroups(client);
  await store.write(async (tx) => {
    const at = now();
    const events: NewEvent[] = [];
    for (const told of all) events.push(...(await takeUp(tx.db, { told, at })));
    const audit = { at, actor: "gateway", action: "import_groups", requestId: "start", outcome: "succeeded" };
    await appendJournal(store, tx, { events, audit });
  });
}
