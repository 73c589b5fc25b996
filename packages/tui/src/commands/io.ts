import { readFile, writeFile } from "node:fs/promises";
import { addAbortSignal } from "node:stream";
import { text } from "node:stream/consumers";
import { codeWord } from "../file-words.ts";
import { usage } from "./command-error.ts";

/** How a command reaches the world around it. */
export interface Io {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Reads a file as UTF-8; `-` is stdin. */
  readonly read: (path: string) => Promise<string>;
  readonly write: (path: string, text: string) => Promise<void>;
}

/** The files and streams of this process. */
export function processIo(signal: AbortSignal): Io {
  return {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    read: async (path) => {
      if (path === "-") return text(addAbortSignal(signal, process.stdin));
      return readFile(path, "utf8").catch((error: unknown) => {
        throw usage(`${path} cannot be read (${codeWord(error)}). Give the path of a file, or - for stdin.`);
      });
    },
    write: async (path, text) => {
      await writeFile(path, text, { mode: 0o600 }).catch((error: unknown) => {
        throw usage(
          `${path} cannot be written (${codeWord(error)}). Give the path of a file in a folder that exists.`,
        );
      });
    },
  };
}
