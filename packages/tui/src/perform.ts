import type { Client, MembersProgress, MembersReport } from "@mesibo-groups/core";
import { failureOf, membersFailure } from "./failure.ts";
import { MAX_GROUPS, MAX_MEMBERS } from "./limits.ts";
import { isMembersEffect, type Answer, type MembersEffect, type ServerEffect } from "./state/effects.ts";
import { plural } from "./text/words.ts";

/** What an effect is performed with. */
export interface Performance {
  readonly client: Client;
  /** Members that the server lists at most. */
  readonly maxMembers: number;
  /** Unix milliseconds. */
  readonly now: () => number;
  readonly answer: (answer: Answer) => void;
  /** Says how far a long task has come. */
  readonly progress: (text: string) => void;
}

const doing = {
  add_members: "adding",
  set_permissions: "changing",
  remove_members: "removing",
} satisfies Record<MembersEffect["kind"], string>;

/** What is being done, for the status line. */
export function taskName(effect: ServerEffect): string {
  switch (effect.kind) {
    case "list_groups":
      return "listing groups";
    case "list_members":
      return "listing members";
    case "create_group":
      return "creating the group";
    case "edit_group":
      return "writing the group";
    case "delete_group":
      return `deleting group ${effect.gid}`;
    case "add_members":
    case "set_permissions":
    case "remove_members":
      return `${doing[effect.kind]} ${plural(effect.addresses.length, "member")}`;
  }
}

const progressWords = ({ done, refused, unknown, total }: MembersProgress): string =>
  `${done} of ${total} done, ${refused} refused, ${unknown} unknown`;

async function editMembers(effect: MembersEffect, { client, progress }: Performance): Promise<MembersReport> {
  const { gid, addresses } = effect;
  const onProgress = (made: MembersProgress): void => {
    progress(`${taskName(effect)}: ${progressWords(made)}`);
  };
  if (effect.kind === "remove_members") return client.members.remove({ gid, addresses }, { onProgress });
  if (effect.kind === "add_members" && effect.createUsers) {
    for (const address of addresses) await client.users.create({ address });
  }
  return client.members.add({ gid, addresses, permissions: effect.permissions }, { onProgress });
}

async function listMembers(
  gids: readonly number[],
  { client, maxMembers, now, answer }: Performance,
): Promise<void> {
  for (const gid of gids) {
    const members = await client.members.list({ gid, count: MAX_MEMBERS });
    answer({ kind: "members_listed", gid, members, complete: members.length < maxMembers, at: now() });
  }
}

async function run(effect: ServerEffect, performance: Performance): Promise<void> {
  const { client, now, answer } = performance;
  switch (effect.kind) {
    case "list_groups": {
      const { groups, groupscount } = await client.groups.list({ count: MAX_GROUPS });
      answer({ kind: "groups_listed", groups, total: groupscount, at: now() });
      return;
    }
    case "list_members":
      await listMembers(effect.gids, performance);
      return;
    case "create_group": {
      const { name, flags, expiry, keepConflicts } = effect;
      const { gid } = await client.groups.create({ name, flags, expiry }, { keepConflicts });
      answer({ kind: "group_created", effect, gid });
      return;
    }
    case "edit_group": {
      const { gid, name, flags, expiry, active, keepConflicts } = effect;
      await client.groups.edit({ gid, name, flags, expiry, active }, { keepConflicts });
      answer({ kind: "group_edited", effect });
      return;
    }
    case "delete_group":
      await client.groups.delete(effect.gid);
      answer({ kind: "group_deleted", effect });
      return;
    case "add_members":
    case "set_permissions":
    case "remove_members": {
      const report = await editMembers(effect, performance);
      answer({ kind: "members_edited", effect, outcome: { report, strangers: [], failure: undefined } });
    }
  }
}

/** Asks the server, and turns whatever comes of it into answers. Rejects only for a mistake of ours. */
export async function perform(effect: ServerEffect, performance: Performance): Promise<void> {
  try {
    await run(effect, performance);
  } catch (error) {
    if (isMembersEffect(effect)) {
      performance.answer({ kind: "members_edited", effect, outcome: membersFailure(error) });
    } else {
      performance.answer({ kind: "failed", effect, failure: failureOf(error) });
    }
  }
}
