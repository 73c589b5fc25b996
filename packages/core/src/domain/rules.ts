import type { Sourced } from "./source.ts";

/** Why somebody may or may not do something: a rule of mesibo with its source. */
export interface Rule extends Sourced {
  readonly id: string;
  readonly sentence: string;
}

/**
 * Every rule that {@link effective} and {@link route} answer with, by id.
 *
 * @example
 * ```ts
 * import { effective, normalFlags, rules } from "@mesibo-groups/core";
 *
 * const { send } = effective(normalFlags, "non_member");
 * console.assert(!send.allowed && send.rule.id === rules.not_a_member.id);
 * ```
 */
export const rules = {
  member_of_members: {
    id: "member_of_members",
    sentence: "Every member may; the member's own permission is not read.",
    source: "CON: the per-member boxes count only where the choice is selected",
    confidence: "recorded",
  },
  member_selected: {
    id: "member_selected",
    sentence: "Only selected members may, and this member has the permission.",
    source: "SEED, D1full",
    confidence: "documented",
  },
  member_not_selected: {
    id: "member_not_selected",
    sentence: "Only selected members may, and this member lacks the permission.",
    source: "SEED, D1full",
    confidence: "documented",
  },
  anyone: {
    id: "anyone",
    sentence: "Anyone may, members or not.",
    source: "SEED, D1full",
    confidence: "documented",
  },
  not_a_member: {
    id: "not_a_member",
    sentence: "Only members may, and this address is not one.",
    source: "SEED; HDR group error NOTMEMBER",
    confidence: "documented",
  },
  receives_in_turn: {
    id: "receives_in_turn",
    sentence: "One member receives each message, and every member has a turn.",
    source: "D2g, DG",
    confidence: "documented",
  },
  receives_in_turn_selected: {
    id: "receives_in_turn_selected",
    sentence: "One of the selected members receives each message, and this member has the permission.",
    source: "section 10, row 15: which members take turns is not published",
    confidence: "assumed",
  },
  group_inactive: {
    id: "group_inactive",
    sentence: "The group is not active, so nobody may send.",
    source: "HDR status GROUPPAUSED; section 10, row 30",
    confidence: "assumed",
  },
  group_expired: {
    id: "group_expired",
    sentence: "The group has expired and is gone.",
    source: "SEED names the lifetime; what follows it is not published",
    confidence: "assumed",
  },
  sender_excluded: {
    id: "sender_excluded",
    sentence: "A sender does not receive their own message.",
    source: "SEED, MAB",
    confidence: "documented",
  },
  sender_gets_copy: {
    id: "sender_gets_copy",
    sentence: "The group loops messages back, so the sender receives a copy where they may receive.",
    source: "SEED, HDR; that the receive rule holds for the copy too is assumed",
    confidence: "assumed",
  },
  turn_skips_sender: {
    id: "turn_skips_sender",
    sentence: "The sender is passed over in the turn unless the group loops messages back.",
    source: "section 10, row 16",
    confidence: "assumed",
  },
  turn_counts_sender: {
    id: "turn_counts_sender",
    sentence: "The group loops messages back, so the sender takes a turn like the others.",
    source: "section 10, row 16",
    confidence: "assumed",
  },
  stored: {
    id: "stored",
    sentence: "The message is stored for recipients who are offline.",
    source: "SEED, section 8.1",
    confidence: "documented",
  },
  not_stored: {
    id: "not_stored",
    sentence: "The group does not store messages, so an offline recipient never gets it.",
    source: "SEED",
    confidence: "documented",
  },
} as const satisfies Record<string, Rule>;
