import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import type { Appearance } from "./appearance.ts";
import { localDesk } from "./desk/local.ts";
import { still } from "./desk/still.ts";
import { mount, sizeOf } from "./mount.tsx";
import { createProgram } from "./program.ts";
import { surroundings } from "./profile/surroundings.ts";
import { profilesOf, type Session } from "./session.ts";

/** How the application is opened. */
export interface OpenOptions {
  readonly ascii: boolean;
  readonly appearance: Appearance;
  readonly session: Session;
}

/** What shells say of a program that ctrl+c ended. */
const INTERRUPTED = 130;

/** Milliseconds after which nobody has stopped us: there is no shell that could call us back. */
const STAYED_MS = 200;

/** Stops this job, as the terminal does for programs that leave ctrl+z to it, until the shell goes on with it. */
async function stopped(): Promise<void> {
  if (process.platform === "win32") return;
  const ended = new AbortController();
  const { signal } = ended;
  const continued = once(process, "SIGCONT", { signal });
  // The whole group, as whatever has started us must stop too.
  process.kill(0, "SIGTSTP");
  await Promise.race([continued, setTimeout(STAYED_MS)]);
  ended.abort();
}

/** Without this, what a list of 50,000 members leaves behind makes V8's heaps grow to 300 MiB, and they stay so. */
function keepSmall(): void {
  setFlagsFromString("--semi-space-growth-factor=1");
  setFlagsFromString("--heap-growing-percent=20");
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

/** Opens the application on this terminal; resolves with the exit code when it is left. */
export async function openApp({ ascii, appearance, session }: OpenOptions): Promise<number> {
  const { stdin, stdout } = process;
  keepSmall();
  const program = createProgram({
    ...session,
    profiles: profilesOf(surroundings()),
    size: sizeOf(stdout),
    keymap: appearance.keymap,
    look: { theme: appearance.theme, ascii },
    desk: localDesk({
      process,
      lend: (during) =>
        app.suspend(async () => {
          await still(stdin);
          await during();
        }),
    }),
    suspend: () => app.suspend(stopped),
    onDefect: (error) => app.unmount(asError(error)),
  });
  session.listen((record) => program.dispatch({ kind: "called", record }));
  const app = mount({ program, stdin, stdout });
  if (session.connection.notice === undefined) await session.markUsed();
  try {
    await app.waitUntilExit();
    return program.state().interrupts > 1 ? INTERRUPTED : 0;
  } catch (error) {
    const { stack, message } = asError(error);
    process.stderr.write(`mesibo-groups: a mistake of ours ended the app.\n${stack ?? message}\n`);
    return 1;
  }
}
