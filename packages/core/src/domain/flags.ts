import type { Sourced } from "./source.ts";

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

/** One named bit of the flag word. */
export interface FlagBit extends Sourced {
  /** The name that {@link parseFlags} reads and {@link formatFlags} writes. */
  readonly name: string;
  /** mesibo's SDK name without its `MESIBO_GROUPFLAG_` prefix. */
  readonly sdkName: string;
  readonly bit: number;
  readonly meaning: string;
}

/** Every bit with a known name, lowest first. */
export const flagBits = [
  {
    name: "send-selected",
    sdkName: "SENDBYSELECTED",
    bit: 0x1,
    meaning: "only members with the send permission may send",
    source: "SEED, D1full, HDR",
    confidence: "documented",
  },
  {
    name: "send-anyone",
    sdkName: "SENDBYANYONE",
    bit: 0x2,
    meaning: "anyone may send, members or not",
    source: "SEED, D1full, HDR",
    confidence: "documented",
  },
  {
    name: "auto-add-member",
    sdkName: "AUTOADDMEMBER",
    bit: 0x8,
    meaning: "someone who interacts with the group becomes a member",
    source: "HDR, from the name alone",
    confidence: "assumed",
  },
  {
    name: "receive-selected",
    sdkName: "RECVBYSELECTED",
    bit: 0x10,
    meaning: "only members with the receive permission receive",
    source: "SEED, D1full, HDR",
    confidence: "documented",
  },
  {
    name: "receive-in-turn",
    sdkName: "RECVROUNDROBIN",
    bit: 0x20,
    meaning: "one member receives each message, in turn",
    source: "SEED, D1full, D2g, HDR",
    confidence: "documented",
  },
  {
    name: "no-store",
    sdkName: "NOSTORAGE",
    bit: 0x40,
    meaning: "messages of the group are not stored",
    source: "SEED, D1full, HDR",
    confidence: "documented",
  },
  {
    name: "loopback",
    sdkName: "RECVLOOPBACK",
    bit: 0x80,
    meaning: "the sender receives their own message too",
    source: "SEED, D1full, HDR",
    confidence: "documented",
  },
  {
    name: "publish-selected",
    sdkName: "PUBBYSELECTED",
    bit: 0x100,
    meaning: "only members with the publish permission may publish in calls",
    source: "HDR, CON",
    confidence: "recorded",
  },
  {
    name: "publish-anyone",
    sdkName: "PUBBYANYONE",
    bit: 0x200,
    meaning: "anyone may publish in calls",
    source: "HDR, CON",
    confidence: "recorded",
  },
  {
    name: "subscribe-selected",
    sdkName: "SUBBYSELECTED",
    bit: 0x1000,
    meaning: "only members with the subscribe permission may view streams",
    source: "HDR, CON",
    confidence: "recorded",
  },
  {
    name: "subscribe-anyone",
    sdkName: "SUBBYANYONE",
    bit: 0x2000,
    meaning: "anyone may view streams",
    source: "HDR, CON",
    confidence: "recorded",
  },
  {
    name: "list-selected",
    sdkName: "LISTBYSELECTED",
    bit: 0x10000,
    meaning: "only members with the list permission may list publishers",
    source: "HDR, CON",
    confidence: "recorded",
  },
  {
    name: "list-anyone",
    sdkName: "LISTBYANYONE",
    bit: 0x20000,
    meaning: "anyone may list publishers",
    source: "HDR, CON",
    confidence: "recorded",
  },
  {
    name: "no-self-delete",
    sdkName: "NOSELFDELETE",
    bit: 0x40000,
    meaning: "members cannot leave by themselves",
    source: "HDR",
    confidence: "recorded",
  },
  {
    name: "pause",
    sdkName: "PAUSE",
    bit: 0x8000000,
    meaning: "the group is paused",
    source: "HDRios",
    confidence: "recorded",
  },
  {
    name: "delete",
    sdkName: "DELETE",
    bit: 0x80000000,
    meaning: "transient marker that mesibo does not store",
    source: "HDR",
    confidence: "recorded",
  },
] as const satisfies readonly FlagBit[];

/** The largest flag word: flags are unsigned 32-bit. */
export const MAX_FLAG_WORD = 0xffffffff;

/** mesibo's `DELETE` bit: a transient marker that is never stored (HDR). */
export const DELETE_BIT = 0x80000000;

const SEND_MASK = 0x7;
const RECEIVE_MASK = 0x30;
const NO_STORE = 0x40;
const LOOPBACK = 0x80;
const FIELD_MASK = SEND_MASK | RECEIVE_MASK | NO_STORE | LOOPBACK;

const sendBits = { members: 0, selected: 0x1, anyone: 0x2 } satisfies Record<SendMode, number>;
const receiveBits = { members: 0, selected: 0x10, in_turn: 0x20 } satisfies Record<ReceiveMode, number>;

const NO_CONFLICTS: readonly FlagConflict[] = Object.freeze([]);

/** Flags of a new group: members send, members receive, messages are stored (flag 0). */
export const normalFlags: GroupFlags = Object.freeze({
  send: "members",
  receive: "members",
  store: true,
  loopback: false,
  other: 0,
  conflicts: NO_CONFLICTS,
});

/** How contradictory send bits read: the wider audience wins (assumed: `mesibo-api` section 10, row 15). */
function readSend(bits: number): SendMode {
  if ((bits & sendBits.anyone) !== 0) return "anyone";
  return (bits & sendBits.selected) === 0 ? "members" : "selected";
}

/** How contradictory receive bits read: one in turn, among the selected (assumed: section 10, row 15). */
function readReceive(bits: number): ReceiveMode {
  if ((bits & receiveBits.in_turn) !== 0) return "in_turn";
  return (bits & receiveBits.selected) === 0 ? "members" : "selected";
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
    store: (word & NO_STORE) === 0,
    loopback: (word & LOOPBACK) !== 0,
    other: (word & ~FIELD_MASK) >>> 0,
    conflicts: conflicts.length === 0 ? NO_CONFLICTS : Object.freeze(conflicts),
  });
}

/** The contradictory bits of a field, or undefined where the field is a plain choice. */
function conflictBits(flags: GroupFlags, field: FlagChoice): number | undefined {
  return flags.conflicts.find((conflict) => conflict.field === field)?.bits;
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
  const sendRaw = conflictBits(flags, "send");
  const receiveRaw = conflictBits(flags, "receive");
  const send = sendRaw !== undefined && readSend(sendRaw) === flags.send ? sendRaw : sendBits[flags.send];
  const receive =
    receiveRaw !== undefined && readReceive(receiveRaw) === flags.receive
      ? receiveRaw
      : receiveBits[flags.receive];

  return (
    ((flags.other & ~FIELD_MASK) |
      (send & SEND_MASK) |
      (receive & RECEIVE_MASK) |
      (flags.store ? 0 : NO_STORE) |
      (flags.loopback ? LOOPBACK : 0)) >>>
    0
  );
}

/** The fields of {@link GroupFlags} that a caller may change. */
export type FlagChanges = Partial<Omit<GroupFlags, "conflicts">>;

/**
 * `flags` with some fields changed. Naming a choice settles its contradiction; everything else is kept,
 * unknown bits included.
 *
 * @example
 * ```ts
 * import { decodeFlags, encodeFlags, withFlags } from "@mesibo-groups/core";
 *
 * console.assert(encodeFlags(withFlags(decodeFlags(3), { send: "anyone" })) === 2);
 * ```
 */
export function withFlags(flags: GroupFlags, changes: FlagChanges): GroupFlags {
  const settled = flags.conflicts.filter((conflict) => changes[conflict.field] === undefined);

  return decodeFlags(encodeFlags({ ...flags, ...changes, conflicts: settled }));
}

/** A choice about calls, held in `other`: known from mesibo's SDK header and console only. */
export type CallMode = "members" | "selected" | "anyone";

const callChoices = {
  publish: { selected: 0x100, anyone: 0x200 },
  subscribe: { selected: 0x1000, anyone: 0x2000 },
  list: { selected: 0x10000, anyone: 0x20000 },
} as const;

/** Who may publish, subscribe or list publishers in the group's calls (HDR, CON). */
export function callMode(flags: GroupFlags, action: keyof typeof callChoices): CallMode {
  const { selected, anyone } = callChoices[action];
  if ((flags.other & anyone) !== 0) return "anyone";
  return (flags.other & selected) === 0 ? "members" : "selected";
}

/** True when in-turn receiving is limited to the selected: both receive bits are set (assumed). */
export function turnAmongSelected(flags: GroupFlags): boolean {
  return flags.receive === "in_turn" && conflictBits(flags, "receive") === RECEIVE_MASK;
}
