import { permissionNames, type Address, type Gid, type Member, type Permissions } from "@mesibo-groups/core";
import type { Effect, MembersEffect, Mutation } from "./effects.ts";
import type { Answer } from "./events.ts";
import { jobTitle } from "./jobs.ts";
import { groupOf, membersOf, type Reversal, type State } from "./model.ts";

/** Reversals that are remembered. */
const MAX_REVERSALS = 100;

interface SamePermissions {
  readonly permissions: Permissions;
  readonly members: readonly Member[];
}

/** Members grouped by a set of permissions: each call writes one set of all five. */
export function byPermissions(
  members: readonly Member[],
  permissionsOf: (member: Member) => Permissions,
): readonly SamePermissions[] {
  const sets = Map.groupBy(members, (member) => {
    const permissions = permissionsOf(member);
    return permissionNames.map((name) => (permissions[name] ? 1 : 0)).join("");
  });
  return [...sets.values()].flatMap((same) => {
    const [first] = same;
    return first === undefined ? [] : [{ permissions: permissionsOf(first), members: same }];
  });
}

const addressesOf = (members: readonly Member[]): readonly Address[] => members.map(({ address }) => address);

/** Gives members back the permissions that they had. */
function giveBack(gid: Gid, before: readonly Member[], now: Permissions): readonly MembersEffect[] {
  return byPermissions(before, ({ permissions }) => permissions).map(({ permissions, members }) => ({
    kind: "set_permissions",
    gid,
    addresses: addressesOf(members),
    permissions,
    before: members.map(({ address }) => ({ address, permissions: now })),
  }));
}

function reverseMembers(state: State, effect: MembersEffect, done: readonly Address[]): readonly Mutation[] {
  const { gid } = effect;
  const sure = new Set(done);
  if (effect.kind === "set_permissions")
    return giveBack(
      gid,
      effect.before.filter(({ address }) => sure.has(address)),
      effect.permissions,
    );
  const had = membersOf(state, gid).filter(({ address }) => sure.has(address));
  if (effect.kind === "remove_members")
    return byPermissions(had, ({ permissions }) => permissions).map(({ permissions, members }) => ({
      kind: "add_members",
      gid,
      addresses: addressesOf(members),
      permissions,
    }));
  const old = new Set(addressesOf(had));
  const added = done.filter((address) => !old.has(address));
  return [
    ...(added.length === 0 ? [] : [{ kind: "remove_members" as const, gid, addresses: added }]),
    ...giveBack(gid, had, effect.permissions),
  ];
}

function reverseEdit(state: State, effect: Extract<Effect, { kind: "edit_group" }>): readonly Mutation[] {
  const group = groupOf(state, effect.gid);
  if (group === undefined) return [];
  return [
    {
      kind: "edit_group",
      gid: effect.gid,
      name: effect.name === undefined ? undefined : group.name,
      flags: effect.flags === undefined ? undefined : group.flags,
      expiry: effect.expiry === undefined ? undefined : group.expiry,
      active: effect.active === undefined ? undefined : group.active,
      // It was so before, whatever one thinks of it.
      keepConflicts: true,
    },
  ];
}

/** What takes a change back, from the state before its answer; nothing where nothing can. */
function reverse(state: State, answer: Answer): readonly Mutation[] {
  if (answer.kind === "group_edited") return reverseEdit(state, answer.effect);
  if (answer.kind !== "members_edited") return [];
  return reverseMembers(state, answer.effect, answer.outcome.report.done);
}

const pushed = (stack: readonly Reversal[], reversal: Reversal): readonly Reversal[] =>
  [...stack, reversal].slice(-MAX_REVERSALS);

/** A reversal that did nothing: it can be tried again. */
function unspent(answer: Answer): MembersEffect | Extract<Effect, { kind: "edit_group" }> | undefined {
  if (answer.kind === "failed")
    return answer.effect.kind === "edit_group" && answer.failure.outcome !== "unknown"
      ? answer.effect
      : undefined;
  if (answer.kind !== "members_edited") return undefined;
  const { report, failure } = answer.outcome;
  return failure !== undefined && failure.outcome !== "unknown" && report.done.length === 0
    ? answer.effect
    : undefined;
}

function withBulkReversal(state: State, { effect, result }: Extract<Answer, { kind: "bulk_ended" }>): State {
  const job = state.jobs.find((each) => each.effect === effect);
  const { follows } = effect;
  if (follows?.as === "undo")
    return { ...state, undo: state.undo.filter((each) => each.job !== follows.job) };
  if (job === undefined) return state;
  if (result.done.length + result.unknown.length === 0) return state;
  const reversal = { title: jobTitle(effect), effects: [], job: job.id };
  return { ...state, undo: pushed(state.undo, reversal), redo: [] };
}

/** The state with what takes an answered change back. What was undone can be done again, until something else is. */
export function withReversal(state: State, answer: Answer): State {
  if (answer.kind === "bulk_ended") return withBulkReversal(state, answer);
  const again = unspent(answer);
  if (again?.of !== undefined) {
    const { of } = again;
    return { ...state, [of]: pushed(state[of], { title: jobTitle(again), effects: [again] }) };
  }
  const [first, ...rest] = reverse(state, answer);
  if (first === undefined || (answer.kind !== "group_edited" && answer.kind !== "members_edited"))
    return state;
  const { effect } = answer;
  const effects = [first, ...rest];
  if (effect.of === "undo")
    return { ...state, redo: pushed(state.redo, { title: jobTitle(first), effects }) };
  const undo = pushed(state.undo, { title: jobTitle(effect), effects });
  return { ...state, undo, redo: effect.of === "redo" ? state.redo : [] };
}

/** How many members a reversal removes. */
export const removals = ({ effects }: Reversal): number =>
  effects.reduce((sum, effect) => sum + (effect.kind === "remove_members" ? effect.addresses.length : 0), 0);

/** The group that a reversal is about. */
export function gidOf({ effects }: Reversal): Gid | undefined {
  const [first] = effects;
  if (first === undefined || first.kind === "create_group" || first.kind === "send_edited") return undefined;
  return first.gid;
}
