import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const bin = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

/** Starts the built bin with nothing of this process's environment. */
export function startBin(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  if (!existsSync(bin)) throw new Error("dist/cli.js is missing: run the build first (pnpm build).");
  const child = spawn(process.execPath, [bin, ...args], { stdio: ["ignore", "pipe", "pipe"], env });
  let out = "";
  let err = "";
  child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
  const firstLine = new Promise<string>((resolve, reject) => {
    child.stdout.on("data", (chunk: Buffer) => {
      out += chunk.toString();
      if (out.includes("\n")) resolve(out);
    });
    child.on("close", () => reject(new Error(`ended without a line: ${err}`)));
  });
  // Whoever does not wait for the line does not mind that it never came.
  firstLine.catch(() => undefined);
  const ended = new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
    child.on("close", (code) => resolve({ code, out, err }));
  });
  return { child, firstLine, ended };
}
