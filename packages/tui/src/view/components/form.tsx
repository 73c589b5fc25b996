import type { GroupFlags } from "@mesibo-groups/core";
import type { ReactNode } from "react";
import { windowOf } from "../../state/list.ts";
import { duration } from "../../text/words.ts";
import {
  choices,
  type Form,
  formActive,
  type FormBase,
  formExpiry,
  type FormField,
  formFlags,
  formRaw,
  presetOf,
} from "../../state/form.ts";
import { choiceWords, formLabels, switchWords } from "../../state/form-words.ts";
import { textField } from "../../state/text-field.ts";
import { useGlyphs } from "../theme.ts";
import { Line, Span } from "./line.tsx";
import { Radio } from "./radio.tsx";
import { TextInput } from "./text-input.tsx";

const box = (on: boolean): string => (on ? "[x]" : "[ ]");

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

/** When the group ends, and what is typed to change it. */
function Expiry({
  form,
  base,
  width,
}: {
  readonly form: Form;
  readonly base: FormBase;
  readonly width: number;
}): ReactNode {
  const now = base.expiry === undefined ? "in 1 y, mesibo's default" : `in ${duration(base.expiry)}`;
  const focused = form.field === "expiry";
  if (!focused && form.expiry === undefined) return now;
  const seconds = formExpiry(form);
  const read = seconds === undefined ? "such as 30d, 12h or 3600" : `in ${duration(seconds)}`;
  return (
    <>
      <TextInput field={form.expiry ?? textField()} width={Math.min(12, width)} focused={focused} />
      <Span tone="muted">{`  ${read}; now ${now}`}</Span>
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
      return <Radio all={choices.send} current={flags.send} words={choiceWords} />;
    case "receive":
      return <Radio all={choices.receive} current={flags.receive} words={choiceWords} />;
    case "store":
      return `${box(flags.store)} ${switchWords.store}`;
    case "loopback":
      return `${box(flags.loopback)} ${switchWords.loopback}`;
    case "expiry":
      return <Expiry form={form} base={base} width={width} />;
    case "active":
      return `${box(formActive(form, base))} ${switchWords.active}`;
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
  height,
}: {
  readonly fields: readonly FormField[];
  readonly form: Form;
  readonly base: FormBase;
  readonly width: number;
  /** Where there are fewer rows than fields, those around the one in focus are shown. */
  readonly height: number;
}): ReactNode {
  const glyphs = useGlyphs();
  const { top, end } = windowOf({ cursor: fields.indexOf(form.field), count: fields.length, height });
  return fields.slice(top, end).map((field) => (
    <Line key={field}>
      <Span tone="accent">{form.field === field ? ` ${glyphs.cursor} ` : "   "}</Span>
      <Span tone={form.field === field ? "strong" : "muted"}>{formLabels[field].padEnd(LABEL)}</Span>
      <Value field={field} form={form} base={base} width={width - LABEL - 4} />
    </Line>
  ));
}
