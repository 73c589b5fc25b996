/** What copying needs of its surroundings. */
export interface ClipboardParts {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Writes to the terminal. Whole frames are written at once, so a sequence never falls into one. */
  readonly write: (sequence: string) => void;
  /** Runs a program with an input; false where it is not there or fails. */
  readonly pipe: (command: readonly [string, ...string[]], input: Uint8Array) => Promise<boolean>;
}

/** The longest text in base64 that terminals take: 74,994 bytes, the cap of k9s too. */
export const MAX_OSC_52 = 74_994;

const ESC = "\u001b";
const BEL = "\u0007";

/** The sequence that asks a terminal to copy; through tmux to the terminal around it where there is one. */
export function osc52(base64: string, inTmux: boolean): string {
  const plain = `${ESC}]52;c;${base64}${BEL}`;
  // tmux takes the first one with `set-clipboard on`, and hands the second one on with `allow-passthrough on`.
  return inTmux ? `${plain}${ESC}Ptmux;${ESC}${plain}${ESC}\\` : plain;
}

const programs = [
  ["wl-copy"],
  ["xclip", "-selection", "clipboard"],
  ["pbcopy"],
  ["clip.exe"],
] as const satisfies readonly (readonly [string, ...string[]])[];

/** A text as a program reads it: Windows takes anything but ASCII as UTF-16 only. */
function inputFor(program: string, text: string): Uint8Array {
  const wide = program === "clip.exe" && /[^\0-\u007f]/.test(text);
  return wide ? Buffer.from(`\ufeff${text}`, "utf16le") : Buffer.from(text);
}

/**
 * Makes the function that copies a text and says with what; it resolves with undefined where there is no way.
 * Over SSH a program would fill the clipboard of the other machine, so only the terminal is asked there.
 */
export function createClipboard({
  env,
  write,
  pipe,
}: ClipboardParts): (text: string) => Promise<string | undefined> {
  const has = (name: string): boolean => (env[name] ?? "") !== "";
  const overSsh = has("SSH_TTY") || has("SSH_CONNECTION");
  const inTmux = has("TMUX");
  return async (text) => {
    const base64 = Buffer.from(text).toString("base64");
    if ((overSsh || inTmux) && base64.length <= MAX_OSC_52) {
      write(osc52(base64, inTmux));
      return "OSC 52, where the terminal allows it";
    }
    if (overSsh) return undefined;
    for (const command of programs) {
      if (await pipe(command, inputFor(command[0], text))) return command[0];
    }
    return undefined;
  };
}
