import type { ReactNode } from "react";
import { sanitize } from "../../text/sanitize.ts";
import { wrap } from "../../text/width.ts";
import { Line } from "./line.tsx";

/** A long text in a window. Scrolls no further than its end. */
export function Scroll({
  text,
  top,
  width,
  height,
}: {
  readonly text: string;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}): ReactNode {
  const lines = text.split("\n").flatMap((line) => wrap(sanitize(line), width - 2));
  const from = Math.max(0, Math.min(top, lines.length - height));
  return lines
    .slice(from, from + height)
    .map((line, index) => <Line key={`${from + index}`}>{` ${line === "" ? " " : line}`}</Line>);
}
