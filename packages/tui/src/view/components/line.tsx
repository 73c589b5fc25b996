import { Box, Text, Transform } from "ink";
import type { ReactNode } from "react";
import { toAscii } from "../../text/width.ts";
import { useGlyphs, useTheme, type Tone } from "../theme.ts";

/** A piece of text in a tone. The text has to be sanitised. */
export function Span({
  tone = "plain",
  children,
}: {
  readonly tone?: Tone;
  readonly children: ReactNode;
}): ReactNode {
  return <Text {...useTheme()[tone]}>{children}</Text>;
}

/** Text of one row, in the terminal's alphabet. */
function RowText({ children }: { readonly children: ReactNode }): ReactNode {
  const { asciiOnly } = useGlyphs();
  const text = <Text wrap="truncate-end">{children}</Text>;
  return asciiOnly ? <Transform transform={toAscii}>{text}</Transform> : text;
}

/** One row of the screen: never two, whatever is in it. */
export function Line({ children = " " }: { readonly children?: ReactNode }): ReactNode {
  return (
    <Box height={1} flexShrink={0} overflow="hidden">
      <RowText>{children}</RowText>
    </Box>
  );
}

/** A row with something at its left and its right end. */
export function SplitLine({
  left,
  right,
}: {
  readonly left: ReactNode;
  readonly right: ReactNode;
}): ReactNode {
  return (
    <Box height={1} flexShrink={0} overflow="hidden" justifyContent="space-between">
      <RowText>{left}</RowText>
      <Box flexShrink={0}>
        <RowText> {right}</RowText>
      </Box>
    </Box>
  );
}

/** Rows of text that fill a part of the screen. */
export function Rows({
  height,
  children,
}: {
  readonly height: number;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <Box flexDirection="column" height={Math.max(0, height)} flexShrink={0} overflow="hidden">
      {children}
    </Box>
  );
}
