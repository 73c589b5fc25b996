import { callMode } from "./call-mode.ts";
import { turnAmongSelected, type GroupFlags } from "./flags.ts";
import { allPermissions, noPermissions, type PermissionName, type Permissions } from "./permissions.ts";
import { rules, type Rule } from "./rules.ts";

/** Whether something is allowed, and the rule that decides. */
export interface Verdict {
  readonly allowed: boolean;
  readonly rule: Rule;
}

/** What one person may really do in a group, and why. */
export type Effective = Readonly<Record<PermissionName, Verdict>>;

const yes = (rule: Rule): Verdict => Object.freeze({ allowed: true, rule });
const no = (rule: Rule): Verdict => Object.freeze({ allowed: false, rule });

const verdicts = {
  anyone: yes(rules.anyone),
  members: yes(rules.member_of_members),
  selected: yes(rules.member_selected),
  unselected: no(rules.member_not_selected),
  stranger: no(rules.not_a_member),
  turn: yes(rules.receives_in_turn),
  turnSelected: yes(rules.receives_in_turn_selected),
  inactive: no(rules.group_inactive),
  expired: no(rules.group_expired),
};

/** The facts of a group that decide who gets a message. */
export interface RoutedGroup {
  readonly flags: GroupFlags;
  readonly active: boolean;
  /** Default: false. */
  readonly expired?: boolean | undefined;
}

/** Whoever asks to do one thing. */
interface Asker {
  readonly member: boolean;
  readonly permission: boolean;
}

function byMode(mode: "members" | "selected" | "anyone", { member, permission }: Asker): Verdict {
  if (mode === "anyone") return verdicts.anyone;
  if (!member) return verdicts.stranger;
  if (mode === "members") return verdicts.members;
  return permission ? verdicts.selected : verdicts.unselected;
}

function receiving(flags: GroupFlags, { member, permission }: Asker): Verdict {
  if (flags.receive !== "in_turn") return byMode(flags.receive, { member, permission });
  if (!member) return verdicts.stranger;
  if (!turnAmongSelected(flags)) return verdicts.turn;
  return permission ? verdicts.turnSelected : verdicts.unselected;
}

/**
 * What a member with these permissions, or somebody who is no member, may really do in a group with these
 * flags, and the rule that decides each answer. Depends on nothing else: whether the group is active or
 * expired is {@link effectiveIn}'s question.
 *
 * @param flags - The group's flags.
 * @param who - A member's permissions, or `"non_member"`.
 *
 * @example
 * ```ts
 * import { effective, flagPresets, noPermissions, normalFlags } from "@mesibo-groups/core";
 *
 * console.assert(effective(normalFlags, noPermissions).send.allowed);
 * console.assert(!effective(flagPresets.restricted, noPermissions).send.allowed);
 * console.assert(effective(flagPresets.public_room, "non_member").send.rule.id === "anyone");
 * ```
 */
export function effective(flags: GroupFlags, who: Permissions | "non_member"): Effective {
  const { member, own } =
    who === "non_member" ? { member: false, own: noPermissions } : { member: true, own: who };

  return {
    send: byMode(flags.send, { member, permission: own.send }),
    receive: receiving(flags, { member, permission: own.receive }),
    publish: byMode(callMode(flags, "publish"), { member, permission: own.publish }),
    subscribe: byMode(callMode(flags, "subscribe"), { member, permission: own.subscribe }),
    list: byMode(callMode(flags, "list"), { member, permission: own.list }),
  };
}

const gone: Effective = Object.freeze({
  send: verdicts.expired,
  receive: verdicts.expired,
  publish: verdicts.expired,
  subscribe: verdicts.expired,
  list: verdicts.expired,
});

/**
 * What {@link effective} answers, in a group as it is at the moment: where it has expired nobody may do anything,
 * and where it is not active nobody may send. {@link route} asks this, so the two agree.
 *
 * @param group - The group's flags, and whether it is active and has expired.
 * @param who - A member's permissions, or `"non_member"`.
 *
 * @example
 * ```ts
 * import { allPermissions, effectiveIn, normalFlags } from "@mesibo-groups/core";
 *
 * const { send } = effectiveIn({ flags: normalFlags, active: true, expired: true }, allPermissions);
 * console.assert(!send.allowed && send.rule.id === "group_expired");
 * ```
 */
export function effectiveIn(
  { flags, active, expired = false }: RoutedGroup,
  who: Permissions | "non_member",
): Effective {
  if (expired) return gone;
  const verdict = effective(flags, who);
  return active ? verdict : { ...verdict, send: verdicts.inactive };
}

/**
 * True where a member's own permission is read at all: only where the group's choice is `selected`.
 * A surface can mark the other boxes as having no effect.
 *
 * @example
 * ```ts
 * import { normalFlags, permissionMatters } from "@mesibo-groups/core";
 *
 * console.assert(!permissionMatters(normalFlags, "send"));
 * ```
 */
export function permissionMatters(flags: GroupFlags, name: PermissionName): boolean {
  return effective(flags, allPermissions)[name].allowed !== effective(flags, noPermissions)[name].allowed;
}
