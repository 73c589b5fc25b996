import { localDesk } from "./desk/local.ts";
import { mount, sizeOf } from "./mount.tsx";
import { createProgram } from "./program.ts";
import { surroundings } from "./profile/surroundings.ts";
import { profilesOf, type Session } from "./session.ts";
import { asciiGlyphs, unicodeGlyphs } from "./view/theme.ts";

/** How the application is opened. */
export interface OpenOptions {
  readonly ascii: boolean;
  readonly session: Session;
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

/** Opens the application on this terminal; resolves with the exit code when it is left. */
export async function openApp({ ascii, session }: OpenOptions): Promise<number> {
  const { stdin, stdout } = process;
  const program = createProgram({
    ...session,
    profiles: profilesOf(surroundings()),
    size: sizeOf(stdout),
    desk: localDesk(process),
    onDefect: (error) => app.unmount(asError(error)),
  });
  session.listen((record) => program.dispatch({ kind: "called", record }));
  const app = mount({ program, glyphs: ascii ? asciiGlyphs : unicodeGlyphs, stdin, stdout });
  try {
    await app.waitUntilExit();
    return 0;
  } catch (error) {
    const { stack, message } = asError(error);
    process.stderr.write(`mesibo-groups: a mistake of ours ended the app.\n${stack ?? message}\n`);
    return 1;
  }
}
