import {
  checkFlags,
  describeFlags,
  encodeFlags,
  explainFlags,
  formatFlags,
  parseFlags,
  type GroupFlags,
} from "@mesibo-groups/core";
import { usage } from "../command-error.ts";

/** Reads a flag as it was typed. Throws a `CommandError`. */
export function readFlag(text: string): GroupFlags {
  const parsed = parseFlags(text);
  if (parsed.ok) return parsed.flags;
  throw usage(`${parsed.fault.message} See flags list for the names.`);
}

/** A flag in every spelling. */
export function flagData(flags: GroupFlags): Readonly<Record<string, unknown>> {
  const { send, receive, store, loopback, other } = flags;
  return {
    flag: encodeFlags(flags),
    hex: formatFlags(flags, "hex"),
    binary: formatFlags(flags, "binary"),
    names: formatFlags(flags, "names"),
    fields: { send, receive, store, loopback, other },
  };
}

/** A flag in every spelling, in words, bit by bit, and with what is odd about it. */
export const explainedFlag = (flags: GroupFlags): Readonly<Record<string, unknown>> => ({
  ...flagData(flags),
  description: describeFlags(flags),
  bits: explainFlags(flags),
  issues: checkFlags(flags),
});

/** A flag in its spellings on one line: `145  0x91  0b10010001  send-selected|…`. */
export const flagLine = (flags: GroupFlags): string =>
  (["decimal", "hex", "binary", "names"] as const).map((format) => formatFlags(flags, format)).join("  ");
