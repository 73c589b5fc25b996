import { bits } from "./flags.ts";
import type { Sourced } from "./source.ts";

/** One named bit of the flag word. */
export interface FlagBit extends Sourced {
  /** The name that `parseFlags` reads and `formatFlags` writes. */
  readonly name: string;
  /** mesibo's SDK name without its `MESIBO_GROUPFLAG_` prefix. */
  readonly sdkName: string;
  readonly bit: number;
  readonly meaning: string;
}

/**
 * Every bit with a known name, lowest first.
 *
 * @example
 * ```ts
 * import { flagBits } from "@mesibo-groups/core";
 *
 * const store = flagBits.find(({ name }) => name === "no-store");
 * console.assert(store?.bit === 64 && store.confidence === "documented");
 * ```
 */
export const flagBits = [
  {
    name: "send-selected",
    sdkName: "SENDBYSELECTED",
    bit: bits.sendSelected,
    meaning: "only members with the send permission may send",
    source: "SEED, D1full, HDR",
    confidence: "documented",
  },
  {
    name: "send-anyone",
    sdkName: "SENDBYANYONE",
    bit: bits.sendAnyone,
    meaning: "anyone may send, members or not",
    source: "SEED, D1full, HDR",
    confidence: "documented",
  },
  {
    name: "auto-add-member",
    sdkName: "AUTOADDMEMBER",
    bit: bits.autoAddMember,
    meaning: "someone who interacts with the group becomes a member",
    source: "HDR, from the name alone",
    confidence: "assumed",
  },
  {
    name: "receive-selected",
    sdkName: "RECVBYSELECTED",
    bit: bits.receiveSelected,
    meaning: "only members with the receive permission receive",
    source: "SEED, D1full, HDR",
    confidence: "documented",
  },
  {
    name: "receive-in-turn",
    sdkName: "RECVROUNDROBIN",
    bit: bits.receiveInTurn,
    meaning: "one member receives each message, in turn",
    source: "SEED, D1full, D2g, HDR",
    confidence: "documented",
  },
  {
    name: "no-store",
    sdkName: "NOSTORAGE",
    bit: bits.noStore,
    meaning: "messages of the group are not stored",
    source: "SEED, D1full, HDR",
    confidence: "documented",
  },
  {
    name: "loopback",
    sdkName: "RECVLOOPBACK",
    bit: bits.loopback,
    meaning: "the sender receives their own message too",
    source: "SEED, D1full, HDR",
    confidence: "documented",
  },
  {
    name: "publish-selected",
    sdkName: "PUBBYSELECTED",
    bit: bits.publishSelected,
    meaning: "only members with the publish permission may publish in calls",
    source: "HDR, CON",
    confidence: "recorded",
  },
  {
    name: "publish-anyone",
    sdkName: "PUBBYANYONE",
    bit: bits.publishAnyone,
    meaning: "anyone may publish in calls",
    source: "HDR, CON",
    confidence: "recorded",
  },
  {
    name: "subscribe-selected",
    sdkName: "SUBBYSELECTED",
    bit: bits.subscribeSelected,
    meaning: "only members with the subscribe permission may view streams",
    source: "HDR, CON",
    confidence: "recorded",
  },
  {
    name: "subscribe-anyone",
    sdkName: "SUBBYANYONE",
    bit: bits.subscribeAnyone,
    meaning: "anyone may view streams",
    source: "HDR, CON",
    confidence: "recorded",
  },
  {
    name: "list-selected",
    sdkName: "LISTBYSELECTED",
    bit: bits.listSelected,
    meaning: "only members with the list permission may list publishers",
    source: "HDR, CON",
    confidence: "recorded",
  },
  {
    name: "list-anyone",
    sdkName: "LISTBYANYONE",
    bit: bits.listAnyone,
    meaning: "anyone may list publishers",
    source: "HDR, CON",
    confidence: "recorded",
  },
  {
    name: "no-self-delete",
    sdkName: "NOSELFDELETE",
    bit: bits.noSelfDelete,
    meaning: "members cannot leave by themselves",
    source: "HDR",
    confidence: "recorded",
  },
  {
    name: "pause",
    sdkName: "PAUSE",
    bit: bits.pause,
    meaning: "the group is paused",
    source: "HDRios",
    confidence: "recorded",
  },
  {
    name: "delete",
    sdkName: "DELETE",
    bit: bits.delete,
    meaning: "transient marker that mesibo does not store",
    source: "HDR",
    confidence: "recorded",
  },
] as const satisfies readonly FlagBit[];
