import type { ReactNode } from "react";
import { helpRows } from "../../state/help.ts";
import type { State } from "../../state/model.ts";
import { fit, wrap } from "../../text/width.ts";
import { useGlyphs } from "../theme.ts";
import { keyLabel } from "./footer.tsx";
import { Line, Span } from "./line.tsx";
import { TextInput } from "./text-input.tsx";

const KEYS = 24;
const TITLE = " The keys that work here   filter: ";

/** The keys of the part in focus, from the key table. */
export function HelpView({ state, height }: { readonly state: State; readonly height: number }): ReactNode {
  const glyphs = useGlyphs();
  const { help } = state;
  if (help === undefined) return undefined;
  const rows = helpRows(state).flatMap(({ keys, help }) => {
    const label = keys.map((key) => keyLabel(key, glyphs)).join(" ");
    return wrap(help, state.size.columns - KEYS - 3).map((text, index) => ({
      label: index === 0 ? label : "",
      text,
    }));
  });
  const room = height - 1;
  const top = Math.max(0, Math.min(help.top, rows.length - room));
  const more = top + room < rows.length ? "  (more below)" : "";
  return (
    <>
      <Line>
        <Span tone="strong">{TITLE}</Span>
        <TextInput field={help.words} width={state.size.columns - TITLE.length - more.length - 1} focused />
        {more}
      </Line>
      {rows.length === 0 && <Line>{" No key that works here has these words."}</Line>}
      {rows.slice(top, top + room).map(({ label, text }, index) => (
        <Line key={`${top + index}`}>
          <Span tone="accent">{` ${fit(label, { width: KEYS, ellipsis: glyphs.ellipsis })}`}</Span> {text}
        </Line>
      ))}
    </>
  );
}
