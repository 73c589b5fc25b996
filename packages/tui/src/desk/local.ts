import { createClipboard } from "./clipboard.ts";
import type { Desk } from "./desk.ts";
import { pipeInto } from "./pipe.ts";
import { saveNew } from "./save.ts";

/** The desk of this process: its terminal, its programs and its working directory. */
export const localDesk = ({ stdout, env, cwd }: Pick<NodeJS.Process, "stdout" | "env" | "cwd">): Desk => ({
  copy: createClipboard({ env, write: (sequence) => stdout.write(sequence), pipe: pipeInto }),
  save: (name, text) => saveNew(cwd(), { name, text }),
});
