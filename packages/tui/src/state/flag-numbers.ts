import { decodeFlags, encodeFlags, formatFlags, type GroupFlags } from "@mesibo-groups/core";
import { newGroup, type FormBase } from "./form.ts";

const hex = (word: number): string => formatFlags(decodeFlags(word), "hex");

/** Flags in binary, in groups of four digits. */
function binary(flags: GroupFlags): string {
  const digits = formatFlags(flags, "binary").slice(2);
  const padded = digits.padStart(Math.ceil(digits.length / 4) * 4, "0");
  return `0b${padded.replaceAll(/(?<=\d)(?=(?:\d{4})+$)/g, "_")}`;
}

/** The bits that come and go: `+0x80 -0x1`. */
function difference(before: number, after: number): string {
  const added = (after & ~before) >>> 0;
  const removed = (before & ~after) >>> 0;
  return [added === 0 ? "" : `+${hex(added)}`, removed === 0 ? "" : `-${hex(removed)}`]
    .filter(Boolean)
    .join(" ");
}

/** The flags as numbers, and what a change of them changes. */
export function flagNumbers(flags: GroupFlags, base: FormBase): string {
  const word = encodeFlags(flags);
  const was = encodeFlags(base.flags);
  const change =
    word === was || base === newGroup ? "" : `   was ${was} ${hex(was)}, ${difference(was, word)}`;
  return `flag ${word}  ${hex(word)}  ${binary(flags)}${change}`;
}
