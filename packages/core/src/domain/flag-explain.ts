import { flagBits } from "./flag-bits.ts";
import { callMode } from "./call-mode.ts";
import { withFlags } from "./flag-changes.ts";
import {
  bits,
  decodeFlags,
  encodeFlags,
  turnAmongSelected,
  type FlagChoice,
  type GroupFlags,
} from "./flags.ts";
import type { Confidence, Sourced } from "./source.ts";

const sendWords = {
  members: "every member may send",
  selected: "only members with the send permission may send",
  anyone: "anyone may send, members or not",
} satisfies Record<GroupFlags["send"], string>;

const receiveWords = {
  members: "every member receives",
  selected: "only members with the receive permission receive",
  in_turn: "one member receives each message, in turn",
} satisfies Record<GroupFlags["receive"], string>;

const turnAmongSelectedWords =
  "one member with the receive permission receives each message, in turn (assumed: both receive bits are set)";

/**
 * The flags in one plain sentence.
 *
 * @example
 * ```ts
 * import { describeFlags, normalFlags } from "@mesibo-groups/core";
 *
 * console.assert(
 *   describeFlags(normalFlags) ===
 *     "Every member may send; every member receives; messages are stored; the sender gets no copy.",
 * );
 * ```
 */
export function describeFlags(flags: GroupFlags): string {
  const parts = [
    sendWords[flags.send],
    turnAmongSelected(flags) ? turnAmongSelectedWords : receiveWords[flags.receive],
    flags.store ? "messages are stored" : "messages are not stored",
    flags.loopback ? "the sender gets a copy" : "the sender gets no copy",
  ];
  if (flags.other !== 0) parts.push(`other bits are kept: ${hex(flags.other)}`);
  const sentence = parts.join("; ");
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}

/** One set bit of a flag word, in words. */
export interface FlagLine extends Sourced {
  readonly bit: number;
  /** Undefined for a bit that no source names. */
  readonly name: string | undefined;
  readonly meaning: string;
}

const hex = (bit: number): string => `0x${bit.toString(16)}`;

/**
 * Every set bit of the flags with its meaning, source and confidence, lowest bit first.
 * Flag 0 has no set bit and so no line.
 *
 * @example
 * ```ts
 * import { decodeFlags, explainFlags } from "@mesibo-groups/core";
 *
 * console.assert(explainFlags(decodeFlags(64))[0]?.name === "no-store");
 * ```
 */
export function explainFlags(flags: GroupFlags): readonly FlagLine[] {
  const word = encodeFlags(flags);
  const lines: FlagLine[] = [];
  for (let index = 0; index < 32; index += 1) {
    const bit = (1 << index) >>> 0;
    if ((word & bit) === 0) continue;
    const known = flagBits.find((row) => row.bit === bit);
    lines.push({
      bit,
      name: known?.name,
      meaning: known?.meaning ?? "no source names this bit; it is kept as it is",
      source: known?.source ?? "none",
      confidence: known?.confidence ?? "assumed",
    });
  }
  return lines;
}

/** Something about a flag word that a careful person wants to know before writing it. */
export interface FlagIssue {
  readonly kind: "contradiction" | "undefined_choice" | "undocumented_bit" | "surprise";
  /** The bits that the issue is about. */
  readonly bits: number;
  readonly message: string;
  readonly confidence: Confidence;
}

const fieldNames = { send: "who may send", receive: "who receives" } satisfies Record<FlagChoice, string>;

const bothSenders = bits.sendSelected | bits.sendAnyone;

const isContradiction = (field: FlagChoice, raw: number): boolean =>
  field === "receive" || (raw & bothSenders) === bothSenders;

function conflictIssues(flags: GroupFlags): FlagIssue[] {
  return flags.conflicts.map(({ field, bits: raw }) =>
    isContradiction(field, raw)
      ? {
          kind: "contradiction",
          bits: raw,
          message: `The bits ${hex(raw)} choose twice ${fieldNames[field]}; what mesibo does then is not published, we read ${flags[field]}.`,
          confidence: "assumed",
        }
      : {
          kind: "undefined_choice",
          bits: raw,
          message: `The bits ${hex(raw)} are no known choice of ${fieldNames[field]}; we read ${flags[field]}.`,
          confidence: "assumed",
        },
  );
}

function surprises(flags: GroupFlags): FlagIssue[] {
  const found: FlagIssue[] = [];
  const add = (about: number, message: string, confidence: Confidence): void => {
    found.push({ kind: "surprise", bits: about, message, confidence });
  };
  if (flags.send === "anyone") {
    add(bits.sendAnyone, "People who are not members may send to this group.", "documented");
  }
  if (!flags.store) {
    add(
      bits.noStore,
      "mesibo's console drops this bit when somebody picks who receives there (its mask is too wide).",
      "recorded",
    );
  }
  if (flags.receive === "in_turn" && flags.loopback) {
    add(
      bits.receiveInTurn | bits.loopback,
      "A sender can be the one in turn and then the message reaches nobody else.",
      "assumed",
    );
  }
  if ((flags.other & bits.delete) !== 0) {
    add(bits.delete, "mesibo does not store this bit: it is a transient marker.", "recorded");
  }
  for (const action of ["publish", "subscribe", "list"] as const) {
    if (callMode(flags, action) === "anyone") {
      add(
        bits[`${action}Anyone`],
        `People who are not members may ${action} in this group's calls.`,
        "recorded",
      );
    }
  }
  return found;
}

/**
 * What is contradictory, undefined, undocumented or surprising about the flags; empty where nothing is.
 *
 * @example
 * ```ts
 * import { checkFlags, decodeFlags, normalFlags } from "@mesibo-groups/core";
 *
 * console.assert(checkFlags(normalFlags).length === 0);
 * console.assert(checkFlags(decodeFlags(3))[0]?.kind === "contradiction");
 * ```
 */
export function checkFlags(flags: GroupFlags): readonly FlagIssue[] {
  // What would be written counts: `{ ...flags, send }` may still carry a conflict that it has settled.
  const written = decodeFlags(encodeFlags(flags));
  const { send, receive } = written;
  const undocumented = explainFlags(withFlags(written, { send, receive }))
    .filter(({ name }) => name === undefined)
    .map(({ bit }): FlagIssue => ({
      kind: "undocumented_bit",
      bits: bit,
      message: `No source names the bit ${hex(bit)}; it is kept as it is.`,
      confidence: "assumed",
    }));
  return [...conflictIssues(written), ...undocumented, ...surprises(written)];
}
