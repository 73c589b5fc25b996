import { render } from "ink";
import { demoClient } from "./demo.ts";
import { createProgram, type Program } from "./program.ts";
import { App } from "./view/app.tsx";
import { asciiGlyphs, unicodeGlyphs } from "./view/theme.ts";

/** How the application is opened. */
export interface OpenOptions {
  readonly ascii: boolean;
}

const sizeOf = ({ columns, rows }: NodeJS.WriteStream) => ({ columns, rows });

/** Opens the application on this terminal; resolves with the exit code when it is left. */
export async function openApp({ ascii }: OpenOptions): Promise<number> {
  const { stdout } = process;
  let program: Program | undefined;
  const client = demoClient((record) => program?.dispatch({ kind: "called", record }));
  program = createProgram({
    client,
    connection: { name: "embedded mock", canCreateUsers: true },
    size: sizeOf(stdout),
    onDefect: (error) => app.unmount(error instanceof Error ? error : new Error(String(error))),
  });
  const { dispatch, state, subscribe } = program;

  const app = render(<App program={program} glyphs={ascii ? asciiGlyphs : unicodeGlyphs} />, {
    alternateScreen: true,
    incrementalRendering: true,
    // Ctrl+C is a key of the table; and Ink would not draw at all where CI is set.
    exitOnCtrlC: false,
    interactive: true,
  });
  const resized = (): void => dispatch({ kind: "resized", ...sizeOf(stdout) });
  stdout.on("resize", resized);
  const unsubscribe = subscribe(() => {
    if (state().quit) app.unmount();
  });
  try {
    await app.waitUntilExit();
    return 0;
  } catch (error) {
    process.stderr.write(`mesibo-groups: a mistake of ours ended the app.\n${errorText(error)}\n`);
    return 1;
  } finally {
    unsubscribe();
    stdout.off("resize", resized);
  }
}

const errorText = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);
