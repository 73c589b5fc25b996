import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { codeOf, reasonOf } from "../file-words.ts";
import { createBorrow } from "./borrow.ts";
import { editorOf, pagerOf } from "./chosen-program.ts";
import type { Desk, Handed, Handout } from "./desk.ts";
import { holdingSignals } from "./hold-signals.ts";
import { makeOwnFolder } from "./own-folder.ts";
import { NO_EDITOR, programFault } from "./program-words.ts";
import { runProgram } from "./run-program.ts";
import type { Terminal } from "./terminal.ts";

/** What handing a text over needs of its surroundings. */
export interface HandOverParts {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly terminal: Terminal;
}

const failed = (reason: string): Handed => ({ ok: false, reason });

/** Has a file with a text for a while, which its owner alone may read, and takes it away whatever happens. */
async function withFile({ name, text }: Handout, use: (path: string) => Promise<Handed>): Promise<Handed> {
  let folder: string | undefined;
  try {
    folder = await makeOwnFolder();
    const path = join(folder, name);
    await writeFile(path, text, { flag: "wx", mode: 0o600 });
    return await use(path);
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
    return failed(`A file for the editor could not be written or read again: ${reasonOf(error)}.`);
  } finally {
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  }
}

/** Makes what hands a text to the pager or the editor of the environment. */
export function createHandOver({ env, terminal }: HandOverParts): Pick<Desk, "page" | "edit"> {
  const borrow = createBorrow(terminal);
  return {
    page: async ({ text }) => {
      const chosen = pagerOf(env);
      const { argv } = chosen;
      // Through its input, as pagers are used to: nothing is left behind in a file.
      const ended = await holdingSignals((stop) =>
        borrow(() => runProgram({ argv, env, input: text, stop })),
      );
      const fault = programFault(chosen, ended);
      return fault === undefined ? { ok: true, text } : failed(fault);
    },
    edit: async (handout) => {
      const chosen = await editorOf(env);
      if (chosen === undefined) return failed(NO_EDITOR);
      return holdingSignals((stop) =>
        withFile(handout, async (path) => {
          const ended = await borrow(() => runProgram({ argv: [...chosen.argv, path], env, stop }));
          const fault = programFault(chosen, ended);
          return fault === undefined ? { ok: true, text: await readFile(path, "utf8") } : failed(fault);
        }),
      );
    },
  };
}
