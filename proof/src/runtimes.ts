import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { root } from "./packages.ts";
import { run } from "./run.ts";

const folder = join(root, "proof", "runtimes");
const installed = (...path: readonly string[]): string => join(folder, "node_modules", ...path);

/** A program that runs JavaScript. */
export interface Runtime {
  readonly name: string;
  readonly file: string;
  /** What stands before the name of the program. */
  readonly flags: readonly string[];
}

const denoFlags = [
  "run",
  "--quiet",
  "--no-lock",
  "--allow-net=127.0.0.1",
  "--allow-read",
  "--node-modules-dir=manual",
];

/** The runtimes that core is for, oldest Node first. */
export const runtimes: readonly Runtime[] = [
  { name: "Node 20", file: installed("node-20", "bin", "node"), flags: [] },
  { name: "Node 22", file: installed("node-22", "bin", "node"), flags: [] },
  { name: "Node 24", file: process.execPath, flags: [] },
  { name: "Node 26", file: installed("node-26", "bin", "node"), flags: [] },
  { name: "Bun", file: installed("bun", "bin", "bun.exe"), flags: ["run"] },
  { name: "Deno", file: installed("deno", "deno"), flags: denoFlags },
];

/** Cloudflare's runtime, which takes no program but a configuration. */
export const workerd = installed("workerd", "bin", "workerd");

/** The packages of the two compilers. */
export const compilers = {
  "TypeScript 5.9": installed("typescript-5"),
  "TypeScript 7": installed("typescript-7"),
} as const;

/** Installs the runtimes from their own lockfile; why not, where that fails. */
export async function installRuntimes(): Promise<string | undefined> {
  const { ok, said } = await run({
    file: "pnpm",
    args: ["install", "--frozen-lockfile"],
    cwd: folder,
    limitMs: 600_000,
  });
  return ok
    ? undefined
    : (said.split("\n").findLast((line) => line.trim() !== "") ?? "pnpm ended with an error");
}

const browsers = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** The browser that `CHROMIUM` names, or one on the PATH. */
export function findBrowser(): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const places = browsers.flatMap((name) => folders.map((place) => join(place, name)));
  return [process.env["CHROMIUM"], ...places].find((place) => place !== undefined && existsSync(place));
}
