import { createClipboard } from "./clipboard.ts";
import { noDesk, type Desk } from "./desk.ts";
import { createHandOver } from "./hand-over.ts";
import { pipeInto } from "./pipe.ts";
import { saveNew } from "./save.ts";
import type { Terminal } from "./terminal.ts";

/** Where a desk stands. */
export interface LocalDesk {
  readonly process: Pick<NodeJS.Process, "stdout" | "env" | "cwd">;
  /** Undefined where the input or the output is none. */
  readonly lend: Terminal["lend"] | undefined;
}

/** The desk of this process: its terminal, its programs and its working directory. */
export function localDesk({ process: { stdout, env, cwd }, lend }: LocalDesk): Desk {
  const write = (sequence: string): void => void stdout.write(sequence);
  return {
    ...noDesk,
    copy: createClipboard({ env, write, pipe: pipeInto }),
    save: (name, text) => saveNew(cwd(), { name, text }),
    ...(lend === undefined ? {} : createHandOver({ env, terminal: { lend, write } })),
  };
}
