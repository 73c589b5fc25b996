import { encodeFlags, type Group } from "@mesibo-groups/core";
import { command } from "../command.ts";
import { CommandError } from "../command-error.ts";
import { readGid } from "../gid.ts";
import { differenceLines, differenceOf } from "../members/difference.ts";
import { listMembers } from "../members/member-data.ts";
import { findGroup } from "./group-data.ts";

const settings = ({ name, flags, expiryext, active, pinned }: Group) => ({
  name,
  flag: encodeFlags(flags),
  expiryext,
  active,
  pinned,
});

/** Says what differs between two groups. */
export const groupsDiff = command({
  args: [
    { name: "gid", about: "the group's id, such as 102529" },
    { name: "other", about: "the id of the group to compare it with" },
  ],
  options: {},
  run: async (invocation) => {
    const gids = [readGid(invocation.given.get("gid")), readGid(invocation.given.get("other"))] as const;
    const [a, b] = [await findGroup(invocation, gids[0]), await findGroup(invocation, gids[1])];
    const [ours, theirs] = [await listMembers(invocation, gids[0]), await listMembers(invocation, gids[1])];
    if (!ours.complete || !theirs.complete)
      throw new CommandError(
        "conflict",
        "The groups have more members than can be listed, so what differs is not known.",
      );
    const [left, right] = [settings(a), settings(b)];
    const fields = (["name", "flag", "expiryext", "active", "pinned"] as const)
      .filter((field) => left[field] !== right[field])
      .map((field) => ({ field, a: left[field], b: right[field] }));
    const difference = differenceOf(ours.members, theirs.members);
    const { add, change, remove } = difference;
    const same = fields.length + add.length + change.length + remove.length === 0;
    return {
      data: {
        a: gids[0],
        b: gids[1],
        same,
        fields,
        members: { only_a: remove.map(({ address }) => address), only_b: add, changed: change },
      },
      text: [
        ...fields.map(({ field, a, b }) => `~ ${field}: ${JSON.stringify(a)} -> ${JSON.stringify(b)}`),
        ...differenceLines(difference),
        ...(same ? [`${gids[0]} and ${gids[1]} are the same, their ids and expiry apart`] : []),
      ],
      exit: same ? "done" : "changes",
    };
  },
});
