/** Who may send to the group: every member, members with the send permission, or anyone at all. */
export type SendMode = "members" | "selected" | "anyone";

/** Who receives: every member, members with the receive permission, or one member per message, in turn. */
export type ReceiveMode = "members" | "selected" | "in_turn";

/** The two fields of a flag word that are a choice and not a switch. */
export type FlagChoice = "send" | "receive";

/**
 * Bits of a choice that no mesibo surface can produce, kept as they came in.
 *
 * `bits` are the field's raw bits. What the real server does with them is not published; we read them as
 * `SendMode` or `ReceiveMode` of the owning {@link GroupFlags} say.
 */
export interface FlagConflict {
  readonly field: FlagChoice;
  readonly bits: number;
}

/**
 * A group's flag word as fields: two choices, two switches and the bits that are neither.
 *
 * Plain, frozen and JSON-safe. `other` is an unsigned 32-bit number with every remaining bit in its place.
 * `conflicts` is empty unless contradictory bits came in, and keeps them for an exact round trip.
 *
 * @example
 * ```ts
 * import { decodeFlags } from "@mesibo-groups/core";
 *
 * const flags = decodeFlags(17);
 * console.assert(flags.send === "selected" && flags.receive === "selected");
 * ```
 */
export interface GroupFlags {
  readonly send: SendMode;
  readonly receive: ReceiveMode;
  /** False when the messages of the group are not stored. */
  readonly store: boolean;
  /** True when a sender receives their own message too. */
  readonly loopback: boolean;
  readonly other: number;
  readonly conflicts: readonly FlagConflict[];
}

/** The bits with a known name; `flagBits` says what they mean. */
export const bits = {
  sendSelected: 0x1,
  sendAnyone: 0x2,
  autoAddMember: 0x8,
  receiveSelected: 0x10,
  receiveInTurn: 0x20,
  noStore: 0x40,
  loopback: 0x80,
  publishSelected: 0x100,
  publishAnyone: 0x200,
  subscribeSelected: 0x1000,
  subscribeAnyone: 0x2000,
  listSelected: 0x10000,
  listAnyone: 0x20000,
  noSelfDelete: 0x40000,
  pause: 0x8000000,
  delete: 0x80000000,
} as const;

/**
 * The largest flag word: flags are unsigned 32-bit.
 *
 * @example
 * ```ts
 * import { decodeFlags, encodeFlags, MAX_FLAG_WORD } from "@mesibo-groups/core";
 *
 * console.assert(encodeFlags(decodeFlags(MAX_FLAG_WORD)) === 0xffff_ffff);
 * ```
 */
export const MAX_FLAG_WORD = 0xffffffff;

/**
 * mesibo's `DELETE` bit: a transient marker that is never stored (HDR).
 *
 * @example
 * ```ts
 * import { decodeFlags, DELETE_BIT, explainFlags } from "@mesibo-groups/core";
 *
 * console.assert(explainFlags(decodeFlags(DELETE_BIT)).some(({ name }) => name === "delete"));
 * ```
 */
export const DELETE_BIT = bits.delete;

// mesibo: the console masks the send choice with 7, so the third bit belongs to it without a meaning (CON).
const SEND_MASK = 0x7;
const RECEIVE_MASK = 0x30;
const FIELD_MASK = SEND_MASK | RECEIVE_MASK | bits.noStore | bits.loopback;

const sendBits = {
  members: 0,
  selected: bits.sendSelected,
  anyone: bits.sendAnyone,
} satisfies Record<SendMode, number>;
const receiveBits = {
  members: 0,
  selected: bits.receiveSelected,
  in_turn: bits.receiveInTurn,
} satisfies Record<ReceiveMode, number>;

/**
 * Flags of a new group: members send, members receive, messages are stored (flag 0).
 *
 * @example
 * ```ts
 * import { encodeFlags, normalFlags, withFlags } from "@mesibo-groups/core";
 *
 * console.assert(encodeFlags(normalFlags) === 0);
 * console.assert(encodeFlags(withFlags(normalFlags, { send: "selected" })) === 1);
 * ```
 */
export const normalFlags: GroupFlags = Object.freeze({
  send: "members",
  receive: "members",
  store: true,
  loopback: false,
  other: 0,
  conflicts: Object.freeze([]),
});

/** How contradictory send bits read: the wider audience wins (assumed: `mesibo-api` section 10, row 15). */
function readSend(raw: number): SendMode {
  if ((raw & sendBits.anyone) !== 0) return "anyone";
  return (raw & sendBits.selected) === 0 ? "members" : "selected";
}

/** How contradictory receive bits read: one in turn, among the selected (assumed: section 10, row 15). */
function readReceive(raw: number): ReceiveMode {
  if ((raw & receiveBits.in_turn) !== 0) return "in_turn";
  return (raw & receiveBits.selected) === 0 ? "members" : "selected";
}

/**
 * Reads a flag word as fields. Total: every unsigned 32-bit word has a reading, and
 * `encodeFlags(decodeFlags(word)) === word`.
 *
 * A number outside 0 to 4294967295 is taken modulo 2^32, as every bit operation does; use
 * {@link parseFlags} for input that may be wrong.
 *
 * @example
 * ```ts
 * import { decodeFlags } from "@mesibo-groups/core";
 *
 * console.assert(decodeFlags(32).receive === "in_turn");
 * console.assert(decodeFlags(3).conflicts.length === 1);
 * ```
 */
export function decodeFlags(word: number): GroupFlags {
  const sendRaw = word & SEND_MASK;
  const receiveRaw = word & RECEIVE_MASK;
  const send = readSend(sendRaw);
  const receive = readReceive(receiveRaw);
  const conflicts: FlagConflict[] = [];
  if (sendBits[send] !== sendRaw) conflicts.push(Object.freeze({ field: "send", bits: sendRaw }));
  if (receiveBits[receive] !== receiveRaw) {
    conflicts.push(Object.freeze({ field: "receive", bits: receiveRaw }));
  }

  return Object.freeze({
    send,
    receive,
    store: (word & bits.noStore) === 0,
    loopback: (word & bits.loopback) !== 0,
    other: (word & ~FIELD_MASK) >>> 0,
    conflicts: Object.freeze(conflicts),
  });
}

/** The raw bits that came in for a contradictory choice, or the choice's own bits. */
function rawBits(flags: GroupFlags, field: FlagChoice, settled: number): number {
  return flags.conflicts.find((conflict) => conflict.field === field)?.bits ?? settled;
}

/**
 * The unsigned 32-bit flag word of `flags`.
 *
 * A conflict counts only while it still reads as its field says: after `{ ...flags, send: "members" }` the
 * field wins and the contradiction is gone.
 *
 * @example
 * ```ts
 * import { encodeFlags, normalFlags } from "@mesibo-groups/core";
 *
 * console.assert(encodeFlags({ ...normalFlags, send: "anyone", loopback: true }) === 130);
 * ```
 */
export function encodeFlags(flags: GroupFlags): number {
  const send = sendBits[flags.send];
  const receive = receiveBits[flags.receive];
  const sendRaw = rawBits(flags, "send", send);
  const receiveRaw = rawBits(flags, "receive", receive);

  return (
    ((flags.other & ~FIELD_MASK) |
      ((readSend(sendRaw) === flags.send ? sendRaw : send) & SEND_MASK) |
      ((readReceive(receiveRaw) === flags.receive ? receiveRaw : receive) & RECEIVE_MASK) |
      (flags.store ? 0 : bits.noStore) |
      (flags.loopback ? bits.loopback : 0)) >>>
    0
  );
}

/**
 * True when in-turn receiving is limited to the selected: both receive bits are set (assumed).
 *
 * @example
 * ```ts
 * import { decodeFlags, turnAmongSelected } from "@mesibo-groups/core";
 *
 * console.assert(turnAmongSelected(decodeFlags(48)) && !turnAmongSelected(decodeFlags(32)));
 * ```
 */
export function turnAmongSelected(flags: GroupFlags): boolean {
  return (encodeFlags(flags) & RECEIVE_MASK) === RECEIVE_MASK;
}
