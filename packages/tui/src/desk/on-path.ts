import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { delimiter, join } from "node:path";

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

/** The first of some programs that is in a folder of a PATH; undefined where none is. */
export async function firstOnPath(names: readonly string[], path = ""): Promise<string | undefined> {
  const folders = path.split(delimiter).filter((folder) => folder !== "");
  for (const name of names)
    for (const folder of folders) if (await isProgram(join(folder, name))) return name;
  return undefined;
}
