import { effective, effectiveIn, type RoutedGroup, type Verdict } from "./effective.ts";
import type { GroupFlags } from "./flags.ts";
import type { Address, Member } from "./member.ts";
import { allPermissions, noPermissions } from "./permissions.ts";
import { rules, type Rule } from "./rules.ts";

/** A member with their place in the joining order. */
export interface RoutedMember extends Member {
  /**
   * Ascending in the order of joining, and a member's own for good. Default: the index in the list, which
   * keeps the turn in order only while nobody leaves.
   */
  readonly ordinal?: number | undefined;
}

/** A question to {@link route}. */
export interface RouteQuestion {
  readonly group: RoutedGroup;
  /** In the order of joining. */
  readonly members: readonly RoutedMember[];
  /** Any address, a member's or not. */
  readonly sender: Address;
  /** Ordinal of the member who was last in turn; -1 before the first message. Default: -1. */
  readonly cursor?: number | undefined;
}

/** Who gets a message, and why. */
export interface Route {
  /** False when the sender may not send; then nothing is delivered and the cursor stays. */
  readonly accepted: boolean;
  /** Addresses that get the message, in the order of joining. May be empty although accepted. */
  readonly recipients: readonly Address[];
  /** True when the message is kept for recipients who are offline. */
  readonly stored: boolean;
  /** The cursor to pass with the next message. */
  readonly cursor: number;
  /** The rules that decided, the sender's first. */
  readonly because: readonly Rule[];
}

function sendersVerdict({ group, members, sender }: RouteQuestion): Verdict {
  const member = members.find(({ address }) => address === sender);
  return effectiveIn(group, member?.permissions ?? "non_member").send;
}

interface Candidate {
  readonly address: Address;
  readonly ordinal: number;
}

/** Members who may receive, without the sender unless the group loops back. */
function candidates({ group, members, sender }: RouteQuestion): readonly Candidate[] {
  const found: Candidate[] = [];
  // A member's own permission to receive is all that tells two members apart here.
  const selected = effective(group.flags, allPermissions).receive.allowed;
  const others = effective(group.flags, noPermissions).receive.allowed;
  // One pass and no copies: a group may have 100,000 members, and somebody may be moving in the list of them.
  members.forEach(({ address, permissions, ordinal }, index) => {
    if (address === sender && !group.flags.loopback) return;
    if (permissions.receive ? selected : others) found.push({ address, ordinal: ordinal ?? index });
  });
  return found;
}

/** What becomes of the copy for a sender who is a member. */
function ownCopyRule(flags: GroupFlags): Rule {
  const inTurn = flags.receive === "in_turn";
  if (flags.loopback) return inTurn ? rules.turn_counts_sender : rules.sender_gets_copy;
  return inTurn ? rules.turn_skips_sender : rules.sender_excluded;
}

/**
 * Answers who gets a message that `sender` sends to a group: every member, the selected ones, or one in
 * turn; whether it is stored; and the rules that decide. Pure: the same question has the same answer.
 *
 * The turn goes round in the order of joining. Where members have ordinals, it goes on in order when the last
 * one in turn leaves.
 *
 * @example
 * ```ts
 * import { flagPresets, noPermissions, route } from "@mesibo-groups/core";
 *
 * const members = ["a", "b", "c"].map((address) => ({ address, permissions: noPermissions }));
 * const group = { flags: flagPresets.hunt_group, active: true };
 * const first = route({ group, members, sender: "a" });
 * const second = route({ group, members, sender: "a", cursor: first.cursor });
 * console.assert(first.recipients[0] === "b" && second.recipients[0] === "c");
 * ```
 */
export function route(question: RouteQuestion): Route {
  const { group, members, sender, cursor = -1 } = question;
  const { flags } = group;
  const sending = sendersVerdict(question);
  if (!sending.allowed) {
    return { accepted: false, recipients: [], stored: false, cursor, because: [sending.rule] };
  }

  const pool = candidates(question);
  const because: Rule[] = [sending.rule, effective(flags, allPermissions).receive.rule];
  let recipients = pool;
  let next = cursor;
  if (flags.receive === "in_turn") {
    // mesibo: D2g says one member, DG one *active* member; whether "active" means online is not published.
    const turn = pool.find(({ ordinal }) => ordinal > cursor) ?? pool[0];
    recipients = turn === undefined ? [] : [turn];
    next = turn?.ordinal ?? cursor;
  }
  if (members.some(({ address }) => address === sender)) {
    because.push(ownCopyRule(flags));
  }
  because.push(flags.store ? rules.stored : rules.not_stored);

  return {
    accepted: true,
    recipients: recipients.map(({ address }) => address),
    stored: flags.store,
    cursor: next,
    because,
  };
}
