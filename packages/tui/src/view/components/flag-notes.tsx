import { checkFlags, describeFlags, type GroupFlags } from "@mesibo-groups/core";
import type { ReactNode } from "react";
import { flagNumbers } from "../../state/flag-numbers.ts";
import { type Form, type FormBase, formFlags, rawFault } from "../../state/form.ts";
import { wrap } from "../../text/width.ts";
import { Line, Span } from "./line.tsx";

/** A row of the explanation. */
export interface NoteLine {
  readonly text: string;
  readonly tone: "plain" | "muted" | "warn" | "danger";
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
    { text: flagNumbers(flags, base), tone: "plain" },
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
