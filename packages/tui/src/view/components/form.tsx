import { checkFlags, describeFlags, encodeFlags, type GroupFlags } from "@mesibo-groups/core";
import type { ReactNode } from "react";
import { choices, formFlags, formRaw, presetOf, rawFault, type FormBase } from "../../state/form.ts";
import type { Form, FormField } from "../../state/model.ts";
import { textField } from "../../state/text-field.ts";
import { wrap } from "../../text/width.ts";
import { useGlyphs } from "../theme.ts";
import { Line, Span } from "./line.tsx";
import { TextInput } from "./text-input.tsx";

const labels = {
  name: "Name",
  preset: "Kind",
  send: "Who sends",
  receive: "Who receives",
  store: "Store",
  loopback: "Loop back",
  raw: "Raw flag",
  submit: "",
} satisfies Record<FormField, string>;

const choiceWords = {
  normal: "normal",
  restricted: "restricted",
  broadcast: "broadcast",
  public_room: "public room",
  hunt_group: "hunt group",
  members: "every member",
  selected: "selected",
  anyone: "anyone",
  in_turn: "one, in turn",
} as const;

const box = (on: boolean): string => (on ? "[x]" : "[ ]");

function Radio<Choice extends keyof typeof choiceWords>({
  all,
  current,
}: {
  readonly all: readonly Choice[];
  readonly current: Choice | undefined;
}): ReactNode {
  return all.map((choice) => (
    <Span key={choice} tone={choice === current ? "strong" : "plain"}>
      {`${choice === current ? "(x)" : "( )"} ${choiceWords[choice]}  `}
    </Span>
  ));
}

/** The kinds do not fit a narrow terminal side by side, so the chosen one stands between arrows. */
function Kind({ flags }: { readonly flags: GroupFlags }): ReactNode {
  const preset = presetOf(flags);
  return (
    <>
      {"< "}
      <Span tone="strong">{preset === undefined ? "custom" : choiceWords[preset]}</Span>
      {" >"}
    </>
  );
}

function Value({
  field,
  form,
  base,
  width,
}: {
  readonly field: FormField;
  readonly form: Form;
  readonly base: FormBase;
  readonly width: number;
}): ReactNode {
  const flags = formFlags(form, base);
  const focused = form.field === field;
  switch (field) {
    case "name":
      return <TextInput field={form.name ?? textField(base.name)} width={width} focused={focused} />;
    case "raw":
      return <TextInput field={formRaw(form, base)} width={width} focused={focused} />;
    case "preset":
      return <Kind flags={flags} />;
    case "send":
      return <Radio all={choices.send} current={flags.send} />;
    case "receive":
      return <Radio all={choices.receive} current={flags.receive} />;
    case "store":
      return `${box(flags.store)} keep messages for members who are offline`;
    case "loopback":
      return `${box(flags.loopback)} send the sender a copy too`;
    case "submit":
      return <Span tone={focused ? "accent" : "plain"}>[ Create the group ]</Span>;
  }
}

const LABEL = 14;

/** The fields of a group, one row each. */
export function FormRows({
  fields,
  form,
  base,
  width,
}: {
  readonly fields: readonly FormField[];
  readonly form: Form;
  readonly base: FormBase;
  readonly width: number;
}): ReactNode {
  const glyphs = useGlyphs();
  return fields.map((field) => (
    <Line key={field}>
      <Span tone="accent">{form.field === field ? ` ${glyphs.cursor} ` : "   "}</Span>
      <Span tone={form.field === field ? "strong" : "muted"}>{labels[field].padEnd(LABEL)}</Span>
      <Value field={field} form={form} base={base} width={width - LABEL - 4} />
    </Line>
  ));
}

const hex = (word: number): string => `0x${word.toString(16)}`;

/** A flag word in binary, in groups of four. */
const binary = (word: number): string =>
  `0b${word
    .toString(2)
    .padStart(Math.ceil(word.toString(2).length / 4) * 4, "0")
    .replaceAll(/(?<=\d)(?=(?:\d{4})+$)/g, "_")}`;

/** The bits that come and go: `+0x80 -0x1`. */
function difference(before: number, after: number): string {
  const added = (after & ~before) >>> 0;
  const removed = (before & ~after) >>> 0;
  return [added === 0 ? "" : `+${hex(added)}`, removed === 0 ? "" : `-${hex(removed)}`]
    .filter(Boolean)
    .join(" ");
}

/** A row of the explanation. */
interface NoteLine {
  readonly text: string;
  readonly tone: "plain" | "muted" | "warn" | "danger";
}

/** The flags in numbers, in words, and what is wrong or surprising about them, the most important first. */
export function flagNotes({
  form,
  base,
  width,
}: {
  readonly form: Form;
  readonly base: FormBase;
  readonly width: number;
}): readonly NoteLine[] {
  const flags = formFlags(form, base);
  const word = encodeFlags(flags);
  const was = encodeFlags(base.flags);
  const change = word === was ? "" : `   was ${was} ${hex(was)}, change ${difference(was, word)}`;
  const fault = rawFault(form);
  const lines: NoteLine[] = [
    { text: `flag ${word}  ${hex(word)}  ${binary(word)}${change}`, tone: "plain" },
    ...wrap(describeFlags(flags), width - 4).map((text): NoteLine => ({ text, tone: "plain" })),
  ];
  if (fault !== undefined)
    lines.unshift(...wrap(fault, width - 4).map((text): NoteLine => ({ text, tone: "danger" })));
  for (const { kind, message } of checkFlags(flags)) {
    const tone = kind === "contradiction" || kind === "undefined_choice" ? "danger" : "warn";
    const [first = "", ...rest] = wrap(message, width - 6);
    lines.push({ text: `! ${first}`, tone }, ...rest.map((text): NoteLine => ({ text: `  ${text}`, tone })));
  }
  return lines;
}

/** The explanation below the fields. */
export function Notes({ lines }: { readonly lines: readonly NoteLine[] }): ReactNode {
  return lines.map(({ text, tone }, index) => (
    <Line key={`${index} ${text}`}>
      <Span tone={tone}>{`   ${text}`}</Span>
    </Line>
  ));
}
