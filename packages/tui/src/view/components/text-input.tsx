import type { ReactNode } from "react";
import { aroundCaret, type TextField } from "../../state/text-field.ts";
import { sanitize } from "../../text/sanitize.ts";
import { shorten, widthOf } from "../../text/width.ts";
import { useGlyphs } from "../theme.ts";
import { Span } from "./line.tsx";

/** The end of a text that fits `width` columns: what is typed last has to be in sight. */
function tail(text: string, width: number, ellipsis: string): string {
  const clean = sanitize(text.slice(-width * 8));
  if (widthOf(clean) <= width) return clean;
  let shown = clean;
  while (widthOf(shown) > width - widthOf(ellipsis)) shown = Array.from(shown).slice(1).join("");
  return `${ellipsis}${shown}`;
}

/** Columns kept for what stands behind the caret. */
const BEHIND = 8;

/** A text that is being typed, with its caret, in at most `width` columns. Shown escaped, as everything is. */
export function TextInput({
  field,
  width,
  focused,
}: {
  readonly field: TextField;
  readonly width: number;
  readonly focused: boolean;
}): ReactNode {
  const { ellipsis, caret } = useGlyphs();
  if (!focused) return <Span>{shorten(field.text, { width, ellipsis }).text}</Span>;
  const { before, at, after } = aroundCaret(field);
  const under = sanitize(at);
  const behind = Math.min(BEHIND, after.length) + widthOf(under);
  const left = tail(before, Math.max(1, width - behind), ellipsis);
  const right = shorten(after, { width: Math.max(0, width - widthOf(left) - widthOf(under)), ellipsis }).text;
  return (
    <>
      {left}
      <Span tone="caret">{under === " " ? caret : under}</Span>
      {right}
    </>
  );
}
