import type { ReactNode } from "react";
import { bindingsIn } from "../../keys/keymap.ts";
import { focusOf } from "../../state/focus.ts";
import type { State } from "../../state/model.ts";
import { fit, wrap } from "../../text/width.ts";
import { useGlyphs } from "../theme.ts";
import { keyLabel } from "./footer.tsx";
import { Line, Span } from "./line.tsx";

const KEYS = 24;

/** The keys of the part in focus, from the key table. */
export function HelpView({ state, height }: { readonly state: State; readonly height: number }): ReactNode {
  const glyphs = useGlyphs();
  const rows = bindingsIn(state.keymap, focusOf({ ...state, help: undefined })).flatMap(({ keys, help }) => {
    const label = keys.map((key) => keyLabel(key, glyphs)).join(" ");
    return wrap(help, state.size.columns - KEYS - 3).map((text, index) => ({
      label: index === 0 ? label : "",
      text,
    }));
  });
  const room = height - 1;
  const top = Math.max(0, Math.min(state.help ?? 0, rows.length - room));
  const more = top + room < rows.length ? "  (more below)" : "";
  return (
    <>
      <Line>
        <Span tone="strong">{` The keys that work here${more}`}</Span>
      </Line>
      {rows.slice(top, top + room).map(({ label, text }, index) => (
        <Line key={`${top + index}`}>
          <Span tone="accent">{` ${fit(label, { width: KEYS, ellipsis: glyphs.ellipsis })}`}</Span> {text}
        </Line>
      ))}
    </>
  );
}
