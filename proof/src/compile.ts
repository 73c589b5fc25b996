import { copyFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "./packages.ts";
import { run } from "./run.ts";

const resolutions = { nodenext: "nodenext", bundler: "esnext" } as const;

/** A compiler and the folder of a user whose node_modules has the packages. */
export interface Compilation {
  /** The folder of the package `typescript`. */
  readonly typescript: string;
  readonly folder: string;
}

/** What the compiler objects to in a user's program, by the way in which modules are found. Libraries are checked too. */
export async function compile({
  typescript,
  folder,
}: Compilation): Promise<Readonly<Record<keyof typeof resolutions, string>>> {
  await copyFile(join(root, "proof", "consumer", "types.ts"), join(folder, "types.ts"));
  await writeFile(join(folder, "package.json"), '{ "type": "module", "private": true }');
  const objections = async (moduleResolution: keyof typeof resolutions): Promise<string> => {
    const project = join(folder, `tsconfig.${moduleResolution}.json`);
    const compilerOptions = {
      module: resolutions[moduleResolution],
      moduleResolution,
      target: "es2022",
      lib: ["es2022", "dom", "dom.iterable"],
      types: [],
      strict: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: false,
      noEmit: true,
    };
    await writeFile(project, JSON.stringify({ compilerOptions, files: ["types.ts"] }));
    const args = [join(typescript, "bin", "tsc"), "-p", project];
    const { ok, said } = await run({ file: process.execPath, args, cwd: folder });
    return ok ? "" : said;
  };
  return { nodenext: await objections("nodenext"), bundler: await objections("bundler") };
}
