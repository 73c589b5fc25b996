import type { GroupFlags } from "@mesibo-groups/core";
import type { ReactNode } from "react";
import { choices, formFlags, formRaw, presetOf, type FormBase } from "../../state/form.ts";
import type { Form, FormField } from "../../state/model.ts";
import { textField } from "../../state/text-field.ts";
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
  members: "members",
  selected: "selected",
  anyone: "anyone",
  in_turn: "one in turn",
} as const;

const box = (on: boolean): string => (on ? "[x]" : "[ ]");

function Radio<Choice extends keyof typeof choiceWords>({
  all,
  current,
}: {
  readonly all: readonly Choice[];
  readonly current: Choice | undefined;
}): ReactNode {
  return all.map((choice, index) => (
    <Span key={choice} tone={choice === current ? "strong" : "plain"}>
      {`${index === 0 ? "" : "  "}${choice === current ? "(x)" : "( )"} ${choiceWords[choice]}`}
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
      return `${box(flags.store)} keep messages for those offline`;
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
