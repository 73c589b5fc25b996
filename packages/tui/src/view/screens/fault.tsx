import type { ReactNode } from "react";
import {
  faultDraft,
  faultFields,
  faultLabel,
  isFaultText,
  type FaultField,
  type FaultForm,
} from "../../state/fault-form.ts";
import { aboutFault } from "../../state/fault-words.ts";
import { windowOf } from "../../state/list.ts";
import type { State } from "../../state/model.ts";
import type { FaultScreen } from "../../state/screen.ts";
import { sanitize } from "../../text/sanitize.ts";
import { wrap } from "../../text/width.ts";
import { Line, Span } from "../components/line.tsx";
import { TextInput } from "../components/text-input.tsx";
import { useGlyphs } from "../theme.ts";

function Value({
  field,
  form,
  width,
}: {
  readonly field: FaultField;
  readonly form: FaultForm;
  readonly width: number;
}): ReactNode {
  const focused = form.field === field;
  if (isFaultText(field)) return <TextInput field={form.texts[field]} width={width} focused={focused} />;
  switch (field) {
    case "op":
    case "effect":
      return `< ${form[field]} >`;
    case "close_when":
      return `< ${form.closeWhen} >`;
    case "applied":
      return `[${form.applied ? "x" : " "}] the call is applied all the same`;
    case "inject":
      return <Span tone={focused ? "accent" : "plain"}>[ Inject the fault ]</Span>;
  }
}

const LABEL = 14;

/** Rows below the fields: one that is empty, what the field is for, and what is wrong. */
const NOTES = 4;

/** The form of a fault to inject. */
export function FaultView({
  state,
  screen: { form },
  height,
}: {
  readonly state: State;
  readonly screen: FaultScreen;
  readonly height: number;
}): ReactNode {
  const glyphs = useGlyphs();
  const { columns } = state.size;
  const fields = faultFields(form);
  const { top, end } = windowOf({
    cursor: fields.indexOf(form.field),
    count: fields.length,
    height: Math.max(1, height - 1 - NOTES),
  });
  const draft = faultDraft(form);
  const notes = [aboutFault(form.field), ...(draft.ok ? [] : [`Not yet: ${draft.fault}`])];
  return (
    <>
      <Line> New fault</Line>
      {fields.slice(top, end).map((field) => (
        <Line key={field}>
          <Span tone="accent">{form.field === field ? ` ${glyphs.cursor} ` : "   "}</Span>
          <Span tone={form.field === field ? "strong" : "muted"}>{faultLabel(field).padEnd(LABEL)}</Span>
          <Value field={field} form={form} width={columns - LABEL - 4} />
        </Line>
      ))}
      <Line />
      {notes
        .flatMap((note) => wrap(sanitize(note), columns - 6))
        .map((line, index) => (
          <Line key={`${index}`}>{`   ${line}`}</Line>
        ))}
    </>
  );
}
