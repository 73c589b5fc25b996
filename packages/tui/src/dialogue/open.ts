import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { localDesk } from "../desk/local.ts";
import { still } from "../desk/still.ts";
import type { Keymap } from "../keys/keymap.ts";
import { createProgram, type Program } from "../program.ts";
import { surroundings } from "../profile/surroundings.ts";
import { profilesOf, type Session } from "../session.ts";
import { createTalk, type Talk } from "./talk.ts";

/** What shells say of a program that ctrl+c ended. */
const INTERRUPTED = 130;

/** Milliseconds that a person waits for an answer before the next thing is said. */
const PATIENCE_MS = 500;

/** Lines of a person or of a pipe. */
interface Lines {
  readonly isTerminal: boolean;
  readonly lines: AsyncIterable<string>;
}

/**
 * Talks until the conversation is over or there is no line left. A pipe has all its lines at once, so there each
 * answer is waited for; a person may go on while a long job runs.
 */
export async function converse(
  { program, talk }: { readonly program: Program; readonly talk: Talk },
  { isTerminal, lines }: Lines,
): Promise<void> {
  const settled = async (): Promise<void> => {
    await (isTerminal ? Promise.race([program.idle(), pause(PATIENCE_MS)]) : program.idle());
    talk.announce();
    if (isTerminal) void program.idle().then(talk.announce);
  };
  await settled();
  for await (const line of lines) {
    talk.answer(line);
    await settled();
    if (talk.ended()) return;
  }
  // What was sent is waited for: nobody is left to hear of it otherwise.
  await program.idle();
  talk.announce();
}

/** Opens the conversation on this process's input and output; resolves with the exit code when it is left. */
export async function openDialogue({
  session,
  keymap,
}: {
  readonly session: Session;
  /** Its keys are the words of commands. */
  readonly keymap: Keymap;
}): Promise<number> {
  const { stdin, stdout } = process;
  /** What is said while a program has the terminal; undefined while none has it. */
  let unsaid: string[] | undefined;
  const lend = async (during: () => Promise<void>): Promise<void> => {
    unsaid = [];
    reader.pause();
    try {
      await still(stdin);
      await during();
    } finally {
      reader.resume();
      const lines = unsaid;
      unsaid = undefined;
      lines.forEach(say);
    }
  };
  const defect = Promise.withResolvers<never>();
  const program = createProgram({
    ...session,
    profiles: profilesOf(surroundings()),
    keymap,
    // Nothing is drawn: any size that every screen fits.
    size: { columns: 80, rows: 24 },
    desk: localDesk({ process, lend: stdin.isTTY && stdout.isTTY ? lend : undefined }),
    onDefect: defect.reject,
  });
  session.listen((record) => program.dispatch({ kind: "called", record }));
  const say = (line: string): void => {
    if (unsaid === undefined) stdout.write(`${line}\n`);
    else unsaid.push(line);
  };
  const talk = createTalk({ program, say });
  // Without a terminal's editing: a reader hears each redrawn line again.
  const reader = createInterface({ input: stdin, terminal: false });
  const interrupted = (): void => {
    if (unsaid !== undefined) return;
    talk.interrupt();
    talk.announce();
    if (talk.ended()) reader.close();
  };
  process.on("SIGINT", interrupted);
  if (session.connection.notice === undefined) await session.markUsed();
  stdout.write("mesibo-groups, as a conversation. Say ? for help, quit to leave.\n");
  try {
    const lines = { isTerminal: stdin.isTTY, lines: reader };
    await Promise.race([converse({ program, talk }, lines), defect.promise, once(reader, "close")]);
    await program.idle();
    return program.state().interrupts > 1 ? INTERRUPTED : 0;
  } finally {
    process.off("SIGINT", interrupted);
    reader.close();
  }
}
