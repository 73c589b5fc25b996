import { render, useApp, type Instance } from "ink";
import { useEffect, type ReactNode } from "react";
import type { Program } from "./program.ts";
import type { Size } from "./state/model.ts";
import { onlyChanges } from "./terminal/frames.ts";
import { App } from "./view/app.tsx";

/** What the application is drawn on. */
export interface MountOptions {
  readonly program: Program;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
}

/** The size of a terminal; that of the first terminals where it does not say. */
export const sizeOf = ({ columns, rows }: NodeJS.WriteStream): Size => ({
  columns: columns || 80,
  rows: rows || 24,
});

type Suspend = ReturnType<typeof useApp>["suspendTerminal"];

/** Hands Ink's way to give the terminal away to whoever is outside of the picture. */
function Terminal({ onReady }: { readonly onReady: (suspend: Suspend) => void }): ReactNode {
  const { suspendTerminal } = useApp();
  useEffect(() => onReady(suspendTerminal), [onReady, suspendTerminal]);
  return undefined;
}

/** The application on a terminal. */
export interface Mounted extends Instance {
  /** Gives the terminal back while something else has it, then draws everything again. */
  readonly suspend: (during: () => Promise<void>) => Promise<void>;
}

/** Draws the application on a terminal until it quits. The terminal is as before afterwards. */
export function mount({ program, stdin, stdout }: MountOptions): Mounted {
  const { dispatch, state, subscribe } = program;
  let give: Suspend | undefined;
  const ready = (suspend: Suspend): void => {
    give = suspend;
  };
  const tree = (
    <>
      <Terminal onReady={ready} />
      <App program={program} />
    </>
  );
  const app = render(tree, {
    stdin,
    stdout: onlyChanges(stdout),
    alternateScreen: true,
    // Ctrl+C is a key of the table.
    exitOnCtrlC: false,
    // Ink would not draw at all where CI is set.
    interactive: true,
  });
  let isLent = false;
  const resized = (): void => {
    if (isLent) return;
    // What a resize leaves on the screen, no two terminals agree about, and Ink has just drawn for the old size.
    app.clear();
    dispatch({ kind: "resized", ...sizeOf(stdout) });
  };
  let turn = Promise.resolve();
  async function lend(during: () => Promise<void>): Promise<void> {
    isLent = true;
    try {
      await give?.(during);
    } finally {
      isLent = false;
      const { columns, rows } = state().size;
      const now = sizeOf(stdout);
      if (now.columns !== columns || now.rows !== rows) resized();
    }
  }
  // Behind Ink's own listener.
  stdout.on("resize", resized);
  subscribe(() => {
    if (!state().quit) return;
    stdout.off("resize", resized);
    app.unmount();
  });
  return {
    ...app,
    suspend: (during) => {
      // Two keys can ask for the terminal before the first one has it.
      const done = turn.then(() => lend(during));
      turn = done.catch(() => undefined);
      return done;
    },
  };
}
