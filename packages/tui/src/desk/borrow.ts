import { noteLine } from "./line-settings.ts";
import type { Ended } from "./run-program.ts";
import type { Terminal } from "./terminal.ts";

/** What a program that was killed may have left on: looks, the other screen, pastes in brackets, the mouse, keys of its own. */
const CALM = [
  "\u001b[0m",
  ...["1049", "1", "1000", "1002", "1003", "1004", "1006", "2004"].map((mode) => `\u001b[?${mode}l`),
  ...["7", "25"].map((mode) => `\u001b[?${mode}h`),
  "\u001b>\u001b[>4;0m\u001b[<u",
].join("");

/** Has the terminal for a program; undefined where another one has it. */
export type Borrow = (run: () => Promise<Ended>) => Promise<Ended | undefined>;

/** Makes the way to have the terminal for a program, which finds it and leaves it as a shell would. */
export function createBorrow({ lend, write }: Terminal): Borrow {
  let isLent = false;
  return async (run) => {
    if (isLent) return undefined;
    isLent = true;
    let ended: Ended | undefined;
    try {
      await lend(async () => {
        const putBack = await noteLine();
        ended = await run();
        if (ended.kind === "killed") write(CALM);
        await putBack();
      });
      return ended;
    } finally {
      isLent = false;
    }
  };
}
