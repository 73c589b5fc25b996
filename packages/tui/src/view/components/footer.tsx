import type { ReactNode } from "react";
import { bindingsIn } from "../../keys/keymap.ts";
import type { Action } from "../../keys/keys.ts";
import { focusOf } from "../../state/focus.ts";
import type { State } from "../../state/model.ts";
import { unavailable } from "../../state/unavailable.ts";
import { widthOf } from "../../text/width.ts";
import { useGlyphs, type Glyphs } from "../theme.ts";
import { Line, Span } from "./line.tsx";

interface Hint {
  readonly key: string;
  readonly words: string;
}

/** A key as the footer and the help print it. */
export const keyLabel = (key: string, { keys }: Glyphs): string => keys[key] ?? key;

/** `q` does the same as `esc` wherever there is a way back; the footer names one of them. */
const works = (state: State, action: Action): boolean =>
  unavailable(state, action) === undefined && !(action === "quit" && state.below.length > 0);

/** The keys that work now, as many as fit. The last one, mostly `?`, always does. */
export function hints(state: State, glyphs: Glyphs): readonly Hint[] {
  const room = state.size.columns - 1;
  const all = bindingsIn(state.keymap, focusOf(state))
    .filter(({ action, hint }) => hint !== undefined && works(state, action))
    .map(({ keys, hint = "" }) => ({ key: keyLabel(keys[0] ?? "", glyphs), words: hint }));
  const cost = ({ key, words }: Hint): number => widthOf(key) + widthOf(words) + 3;
  const last = all.at(-1);
  let left = room - (last === undefined ? 0 : cost(last));
  const shown: Hint[] = [];
  for (const hint of all.slice(0, -1)) {
    left -= cost(hint);
    if (left < 0) break;
    shown.push(hint);
  }
  return last === undefined ? shown : [...shown, last];
}

/** The line at the bottom. */
export function Footer({ state }: { readonly state: State }): ReactNode {
  const glyphs = useGlyphs();
  return (
    <Line>
      {hints(state, glyphs).map(({ key, words }) => (
        <Span key={`${key} ${words}`}>
          {" "}
          <Span tone="accent">{key}</Span>
          <Span tone="muted"> {words} </Span>
        </Span>
      ))}
    </Line>
  );
}
