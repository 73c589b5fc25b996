import type { Group } from "@mesibo-groups/core";
import type { ReactNode } from "react";
import { audience, audienceSentence } from "../../state/audience.ts";
import { fieldsOf, formFlags } from "../../state/form.ts";
import { membersOf, type State } from "../../state/model.ts";
import type { GroupScreen } from "../../state/screen.ts";
import { flagNotes, Notes } from "../components/flag-notes.tsx";
import { FormRows } from "../components/form.tsx";
import { Line, Span } from "../components/line.tsx";

const fields = fieldsOf(false);

/** The first tab of a group: name and flags, with the effect of the flags on its members. */
export function OverviewView({
  state,
  screen,
  group,
  height,
}: {
  readonly state: State;
  readonly screen: GroupScreen;
  readonly group: Group;
  readonly height: number;
}): ReactNode {
  const width = state.size.columns;
  const { form } = screen;
  const [number, ...notes] = flagNotes({ form, base: group, width });
  const roomy = height >= fields.length + 8;
  const flags = formFlags(form, group);
  const today = audienceSentence(flags, audience(flags, membersOf(state, screen.gid)));
  const shown = Math.min(fields.length, height - 2);
  const room = Math.max(0, height - shown - (roomy ? 4 : 2));
  return (
    <>
      {roomy && <Line />}
      <FormRows fields={fields} form={form} base={group} width={width} height={shown} />
      {roomy && <Line />}
      <Notes lines={[number]} />
      <Line>
        {"   "}
        <Span tone="strong">{today}</Span>
      </Line>
      <Notes lines={notes.slice(0, room)} />
    </>
  );
}
