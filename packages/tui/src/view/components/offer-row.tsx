import type { ReactNode } from "react";
import type { Offer } from "../../state/palette.ts";
import { capital } from "../../text/words.ts";
import { fit } from "../../text/width.ts";
import { useGlyphs } from "../theme.ts";
import { keyLabel } from "./footer.tsx";
import { Span } from "./line.tsx";

const KEY = 10;

/** A row of the palette: what it does and its key, or why it does not work now. */
export function OfferRow({
  offer,
  front,
  width,
}: {
  readonly offer: Offer;
  readonly front: boolean;
  readonly width: number;
}): ReactNode {
  const glyphs = useGlyphs();
  const { ellipsis } = glyphs;
  const { title, key, reason } = offer;
  const room = width - KEY - 4;
  const words = reason === undefined ? capital(title) : `${capital(title)} (${reason.replace(/\.$/, "")})`;
  return (
    <>
      <Span tone="accent">{front ? `${glyphs.cursor} ` : "  "}</Span>
      <Span tone={reason === undefined ? (front ? "strong" : "plain") : "muted"}>
        {fit(words, { width: room, ellipsis })}
      </Span>
      <Span tone="accent"> {key === "" ? "" : keyLabel(key, glyphs)}</Span>
    </>
  );
}
