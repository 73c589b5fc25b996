import { cp, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "./packages.ts";
import { run } from "./run.ts";

/** Makes an empty project and installs tarballs into it with npm, as a stranger does. Beside it, the consumer's files. */
export async function install(folder: string, tarballs: readonly string[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), '{ "name": "stranger", "private": true, "type": "module" }');
  const args = ["install", "--no-audit", "--no-fund", "--ignore-scripts", ...tarballs];
  const { ok, said } = await run({ file: "npm", args, cwd: folder, limitMs: 300_000 });
  if (!ok) throw new Error(`npm could not install ${tarballs.join(" ")}: ${said}`);
  await cp(join(root, "proof", "consumer"), folder, { recursive: true });
}
