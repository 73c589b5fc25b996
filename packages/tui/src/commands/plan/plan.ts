import { encodeFlags, type Gid, type Group, type GroupSettings, type Member } from "@mesibo-groups/core";
import { CommandError, usage } from "../command-error.ts";
import type { Context } from "../command.ts";
import { listGroups } from "../groups/group-data.ts";
import { differenceOf, type Difference } from "../members/difference.ts";
import { listMembers } from "../members/member-data.ts";
import type { WantedGroup } from "./groups-file.ts";

/** What has to be done for one group. */
export interface Step {
  readonly kind: "create" | "edit" | "same";
  /** Undefined for a group that is to be made. */
  readonly gid: Gid | undefined;
  readonly name: string;
  /** What is written. */
  readonly settings: GroupSettings;
  /** Undefined where the file does not say who the members are. */
  readonly members: Difference | undefined;
  readonly present: readonly Member[];
}

function findPresent(wanted: WantedGroup, groups: readonly Group[]): Group | undefined {
  const { gid, name } = wanted;
  if (gid !== undefined) {
    const found = groups.find((group) => group.gid === gid);
    if (found !== undefined) return found;
    throw new CommandError(
      "not_found",
      `This app has no group ${gid}. A group that is to be made is named without a gid.`,
    );
  }
  const [found, ...twins] = groups.filter((group) => group.name === name);
  if (twins.length === 0) return found;
  const gids = [found, ...twins].map((twin) => twin?.gid).join(", ");
  throw new CommandError(
    "conflict",
    `${JSON.stringify(name)} is the name of several groups (${gids}). Name the one that is meant by its gid.`,
  );
}

const changed = <T>(value: T | undefined, there: T): T | undefined => (value === there ? undefined : value);

/** What of a group is not as it is wanted. */
function changedSettings(wanted: WantedGroup, present: Group): GroupSettings {
  const { name, flags, expiryext, active, pinned } = wanted;
  return {
    name: changed(name, present.name),
    flags: flags === undefined || encodeFlags(flags) === encodeFlags(present.flags) ? undefined : flags,
    expiryext: changed(expiryext, present.expiryext),
    active: changed(active, present.active),
    pinned: changed(pinned, present.pinned),
  };
}

const holdsSomething = (settings: GroupSettings): boolean =>
  Object.values(settings).some((value) => value !== undefined);

/** Whether a step changes anything. */
export const isChange = ({ kind, members }: Step): boolean =>
  kind !== "same" ||
  (members !== undefined && members.add.length + members.change.length + members.remove.length > 0);

async function planGroup(context: Context, wanted: WantedGroup, present: Group | undefined): Promise<Step> {
  if (present === undefined) {
    const { name = "", flags, expiry, expiryext, active, pinned, members } = wanted;
    const settings = { name, flags, expiry, expiryext, active, pinned };
    const difference = members === undefined ? undefined : differenceOf([], members);
    return { kind: "create", gid: undefined, name, settings, members: difference, present: [] };
  }
  const { gid } = present;
  const settings = changedSettings(wanted, present);
  const listed = wanted.members === undefined ? undefined : await listMembers(context, gid);
  if (listed?.complete === false)
    throw new CommandError(
      "conflict",
      `Group ${gid} has more members than can be listed. Leave its members out of the file.`,
    );
  return {
    kind: holdsSomething(settings) ? "edit" : "same",
    gid,
    name: wanted.name ?? present.name,
    settings,
    members: listed === undefined ? undefined : differenceOf(listed.members, wanted.members ?? []),
    present: listed?.members ?? [],
  };
}

/** What has to be done for the groups of a file. Groups that the file does not name are left alone. */
export async function planGroups(context: Context, wanted: readonly WantedGroup[]): Promise<readonly Step[]> {
  const { groups, complete } = await listGroups(context);
  if (!complete)
    throw new CommandError(
      "conflict",
      "The app has more groups than can be listed, so a name may stand for one that is not seen.",
    );
  const steps: Step[] = [];
  const seen = new Set<Gid | string>();
  for (const group of wanted) {
    const present = findPresent(group, groups);
    const key = present?.gid ?? group.name ?? "";
    if (seen.has(key))
      throw usage(`The groups file names ${JSON.stringify(key)} twice. Name each group once.`);
    seen.add(key);
    steps.push(await planGroup(context, group, present));
  }
  return steps;
}
