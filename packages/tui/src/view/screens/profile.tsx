import type { ReactNode } from "react";
import { windowOf } from "../../state/list.ts";
import { profileLabels } from "../../state/form-words.ts";
import type { State } from "../../state/model.ts";
import {
  draftOf,
  profileChoices,
  shownFields,
  type ProfileField,
  type ProfileForm,
} from "../../state/profile-form.ts";
import { aboutField } from "../../state/profile-words.ts";
import type { ProfileScreen } from "../../state/screen.ts";
import { sanitize } from "../../text/sanitize.ts";
import { wrap } from "../../text/width.ts";
import { Radio } from "../components/radio.tsx";
import { Line, Span } from "../components/line.tsx";
import { TextInput } from "../components/text-input.tsx";
import { useGlyphs } from "../theme.ts";

const box = (on: boolean): string => (on ? "[x]" : "[ ]");

function Value({
  field,
  form,
  width,
}: {
  readonly field: ProfileField;
  readonly form: ProfileForm;
  readonly width: number;
}): ReactNode {
  const focused = form.field === field;
  switch (field) {
    case "name":
    case "url":
    case "source":
      return <TextInput field={form[field]} width={width} focused={focused} />;
    case "kind":
    case "dialect":
    case "credential":
      return <Radio all={profileChoices[field]} current={form[field]} />;
    case "read_only":
      return `${box(form.readOnly)} change nothing`;
    case "danger":
      return `${box(form.danger)} ask before every change`;
    case "save":
      return <Span tone={focused ? "accent" : "plain"}>[ Save the profile ]</Span>;
  }
}

const LABEL = 14;

/** Rows below the fields: one that is empty, what the field is for, and what is wrong. */
const NOTES = 4;

/** The form of a profile, new or known. */
export function ProfileView({
  state,
  screen,
  height,
}: {
  readonly state: State;
  readonly screen: ProfileScreen;
  readonly height: number;
}): ReactNode {
  const glyphs = useGlyphs();
  const { form } = screen;
  const { columns } = state.size;
  const fields = shownFields(form);
  const { top, end } = windowOf({
    cursor: fields.indexOf(form.field),
    count: fields.length,
    height: Math.max(1, height - 1 - NOTES),
  });
  const draft = draftOf(form);
  const notes = [aboutField(form), ...(draft.ok ? [] : [`Not yet: ${draft.fault}`])];
  return (
    <>
      <Line>{form.before === undefined ? " New profile" : ` Profile ${sanitize(form.before.name)}`}</Line>
      {fields.slice(top, end).map((field) => (
        <Line key={field}>
          <Span tone="accent">{form.field === field ? ` ${glyphs.cursor} ` : "   "}</Span>
          <Span tone={form.field === field ? "strong" : "muted"}>{profileLabels[field].padEnd(LABEL)}</Span>
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
