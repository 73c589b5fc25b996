import type { ReactNode } from "react";
import { newGroup } from "../../state/form.ts";
import { formFields, type CreateScreen, type State } from "../../state/model.ts";
import { flagNotes, Notes } from "../components/flag-notes.tsx";
import { FormRows } from "../components/form.tsx";
import { Line } from "../components/line.tsx";

/** The form for a new group. */
export function CreateView({
  state,
  screen,
  height,
}: {
  readonly state: State;
  readonly screen: CreateScreen;
  readonly height: number;
}): ReactNode {
  const width = state.size.columns;
  const lines = flagNotes({ form: screen.form, base: newGroup, width });
  const roomy = height >= formFields.length + 5;
  return (
    <>
      {roomy && <Line />}
      <FormRows fields={formFields} form={screen.form} base={newGroup} width={width} />
      {roomy && <Line />}
      <Notes lines={lines.slice(0, Math.max(1, height - formFields.length - (roomy ? 2 : 0)))} />
    </>
  );
}
