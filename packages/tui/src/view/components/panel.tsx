import { Box } from "ink";
import type { ReactNode } from "react";
import { useGlyphs } from "../theme.ts";
import { Line, Span } from "./line.tsx";

/** Rows that a panel needs besides those inside it: its border and its title. */
export const PANEL_FRAME = 3;

/** A bordered part of the screen with a title. */
export function Panel({
  title,
  height,
  children,
}: {
  readonly title: string;
  /** Rows, border and title included. */
  readonly height: number;
  readonly children: ReactNode;
}): ReactNode {
  const { border } = useGlyphs();
  return (
    <Box
      flexDirection="column"
      flexShrink={0}
      height={height}
      borderStyle={border}
      paddingX={1}
      overflow="hidden"
    >
      <Line>
        <Span tone="strong">{title}</Span>
      </Line>
      {children}
    </Box>
  );
}
