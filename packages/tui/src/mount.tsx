import { render, type Instance } from "ink";
import type { Program } from "./program.ts";
import type { Size } from "./state/model.ts";
import { App } from "./view/app.tsx";
import type { Glyphs } from "./view/theme.ts";

/** What the application is drawn on. */
export interface MountOptions {
  readonly program: Program;
  readonly glyphs: Glyphs;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
}

/** The size of a terminal; that of the first terminals where it does not say. */
export const sizeOf = ({ columns, rows }: NodeJS.WriteStream): Size => ({
  columns: columns || 80,
  rows: rows || 24,
});

/** Draws the application on a terminal until it quits. The terminal is as before afterwards. */
export function mount({ program, glyphs, stdin, stdout }: MountOptions): Instance {
  const { dispatch, state, subscribe } = program;
  const app = render(<App program={program} glyphs={glyphs} />, {
    stdin,
    stdout,
    alternateScreen: true,
    incrementalRendering: true,
    // Ctrl+C is a key of the table.
    exitOnCtrlC: false,
    // Ink would not draw at all where CI is set.
    interactive: true,
  });
  const resized = (): void => dispatch({ kind: "resized", ...sizeOf(stdout) });
  stdout.on("resize", resized);
  subscribe(() => {
    if (!state().quit) return;
    stdout.off("resize", resized);
    app.unmount();
  });
  return app;
}
