import { stat } from "node:fs/promises";
import type { Check } from "./check.ts";
import { configPath, projectPaths, stateFolder } from "./paths.ts";
import type { Surroundings } from "./surroundings.ts";

interface Place {
  readonly name: string;
  readonly path: string;
  /** The bits that others should not have. */
  readonly forbidden: number;
  readonly wanted: string;
}

const modeOf = async (path: string): Promise<number | undefined> =>
  stat(path).then(
    ({ mode }) => mode & 0o777,
    () => undefined,
  );

async function placeCheck({ name, path, forbidden, wanted }: Place): Promise<Check> {
  const mode = await modeOf(path);
  if (mode === undefined) return { name, value: "none", origin: path, state: "ok" };
  const value = `mode ${mode.toString(8).padStart(4, "0")}`;
  if (process.platform === "win32" || (mode & forbidden) === 0)
    return { name, value, origin: path, state: "ok" };
  return {
    name,
    value,
    origin: path,
    state: "warning",
    advice: `Others have access. Run: chmod ${wanted} ${path}`,
  };
}

async function nearestProject(around: Surroundings): Promise<string> {
  const paths = projectPaths(around);
  for (const path of paths) if ((await modeOf(path)) !== undefined) return path;
  return paths[0] ?? "";
}

/** The files and folders with their modes. */
export async function fileChecks(around: Surroundings): Promise<readonly Check[]> {
  const places: readonly Place[] = [
    // Who may write this file may run commands as its owner; who may read it learns no secret.
    { name: "config file", path: configPath(around), forbidden: 0o077, wanted: "600" },
    { name: "project file", path: await nearestProject(around), forbidden: 0o002, wanted: "o-w" },
    { name: "state folder", path: stateFolder(around), forbidden: 0o077, wanted: "700" },
  ];
  return Promise.all(places.map(placeCheck));
}
