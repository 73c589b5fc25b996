import { spawn } from "node:child_process";

/** Asks `stty` about the line of this process's terminal; empty where it does not know or is not there. */
const stty = (...args: readonly string[]): Promise<string> =>
  new Promise((resolve) => {
    const child = spawn("stty", args, { stdio: ["inherit", "pipe", "ignore"] });
    let told = "";
    child.stdout.on("data", (chunk: Buffer) => {
      told += chunk.toString();
    });
    child.on("error", () => resolve(""));
    child.on("close", () => resolve(told.trim()));
  });

/**
 * Notes how the terminal's line is set, and gives what sets it so again. A program that was killed leaves it as it had
 * it, and Node would take that for how it was before.
 */
export async function noteLine(): Promise<() => Promise<void>> {
  if (process.platform === "win32") return async () => undefined;
  const before = await stty("-g");
  return async () => {
    if (before !== "") await stty(before);
  };
}
