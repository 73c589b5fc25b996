import { spawn } from "node:child_process";

/** A clipboard that hangs must not keep the notice. */
const TIMEOUT_MS = 3000;

/** Runs a program without a shell and hands it an input; false where it is not there, fails or hangs. */
export const pipeInto = (
  [program, ...args]: readonly [string, ...string[]],
  input: Uint8Array,
): Promise<boolean> =>
  new Promise((resolve) => {
    const child = spawn(program, args, {
      stdio: ["pipe", "ignore", "ignore"],
      timeout: TIMEOUT_MS,
      windowsHide: true,
    });
    child.on("error", () => resolve(false));
    // Not `close`: a clipboard's server stays behind and holds what it inherited.
    child.on("exit", (code) => resolve(code === 0));
    child.stdin.on("error", () => resolve(false));
    child.stdin.end(input);
  });
