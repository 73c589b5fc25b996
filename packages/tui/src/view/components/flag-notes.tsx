import {
  checkFlags,
  decodeFlags,
  describeFlags,
  encodeFlags,
  formatFlags,
  type GroupFlags,
} from "@mesibo-groups/core";
import type { ReactNode } from "react";
import { formFlags, newGroup, rawFault, type FormBase } from "../../state/form.ts";
import type { Form } from "../../state/model.ts";
import { wrap } from "../../text/width.ts";
import { Line, Span } from "./line.tsx";

/** A row of the explanation. */
export interface NoteLine {
  readonly text: string;
  readonly tone: "plain" | "muted" | "warn" | "danger";
}

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

function numbers(flags: GroupFlags, base: FormBase): string {
  const word = encodeFlags(flags);
  const was = encodeFlags(base.flags);
  const change =
    word === was || base === newGroup ? "" : `   was ${was} ${hex(was)}, ${difference(was, word)}`;
  return `flag ${word}  ${hex(word)}  ${binary(flags)}${change}`;
}

function issues(flags: GroupFlags, width: number): readonly NoteLine[] {
  return checkFlags(flags).flatMap(({ kind, message }) => {
    const tone = kind === "contradiction" || kind === "undefined_choice" ? "danger" : "warn";
    return wrap(message, width - 2).map((text, index): NoteLine => ({
      text: `${index === 0 ? "! " : "  "}${text}`,
      tone,
    }));
  });
}

/** The flags in numbers, in words, and what is wrong or surprising about them. The numbers come first. */
export function flagNotes({
  form,
  base,
  width,
}: {
  readonly form: Form;
  readonly base: FormBase;
  readonly width: number;
}): readonly [NoteLine, ...NoteLine[]] {
  const flags = formFlags(form, base);
  const room = width - 4;
  const fault = rawFault(form);
  const faults = fault === undefined ? [] : wrap(`! ${fault}`, room);
  return [
    { text: numbers(flags, base), tone: "plain" },
    ...faults.map((text): NoteLine => ({ text, tone: "danger" })),
    ...wrap(describeFlags(flags), room).map((text): NoteLine => ({ text, tone: "plain" })),
    ...issues(flags, room),
  ];
}

/** The explanation below the fields. */
export function Notes({ lines }: { readonly lines: readonly NoteLine[] }): ReactNode {
  return lines.map(({ text, tone }, index) => (
    <Line key={`${index} ${text}`}>
      <Span tone={tone}>{`   ${text}`}</Span>
    </Line>
  ));
}
