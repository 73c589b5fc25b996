import type { ReactNode } from "react";
import { fieldsOf, newGroup } from "../../state/form.ts";
import type { State } from "../../state/model.ts";
import type { CreateScreen } from "../../state/screen.ts";
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
  const fields = fieldsOf(true);
  const roomy = height >= fields.length + 5;
  const shown = Math.min(fields.length, height - 1);
  return (
    <>
      {roomy && <Line />}
      <FormRows fields={fields} form={screen.form} base={newGroup} width={width} height={shown} />
      {roomy && <Line />}
      <Notes lines={lines.slice(0, Math.max(1, height - shown - (roomy ? 2 : 0)))} />
    </>
  );
}
