import type { OpenKept } from "../parts.ts";

/** Where worlds are kept. */
export interface KeepOptions {
  /** A file that worlds are kept in, made where it is not there. Default: worlds are gone with the process. */
  readonly data?: string | undefined;
  /** Whether an answer waits until the disk has what it acknowledges. Default: false, the system has it. */
  readonly fsync?: boolean | undefined;
}

/** How to open what worlds are kept in; undefined where they are not kept. SQLite is loaded only where they are. */
export async function keeping(
  { data, fsync }: KeepOptions,
  onBroken?: (error: Error) => void,
): Promise<OpenKept | undefined> {
  if (data === undefined) return undefined;
  const { openData } = await import("./open.ts");
  return (present) => {
    const { worlds, recorder } = openData(data, { fsync, present, onBroken });
    return { kept: worlds, recorder };
  };
}
