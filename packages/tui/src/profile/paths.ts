import { dirname, isAbsolute, join, resolve } from "node:path";
import { variable, type Surroundings } from "./surroundings.ts";

/** The name of a project's file. */
const PROJECT_FILE = ".mesibo-groups.json";

// The XDG specification has relative paths ignored.
function base(
  around: Surroundings,
  { name, fallback }: { readonly name: string; readonly fallback: string },
): string {
  const given = variable(around, name);
  return given !== undefined && isAbsolute(given) ? given : join(around.home, fallback);
}

/** Where the user's profiles are. */
export const configPath = (around: Surroundings): string =>
  join(base(around, { name: "XDG_CONFIG_HOME", fallback: ".config" }), "mesibo-groups", "config.json");

/** The folder of what the tool remembers. */
export const stateFolder = (around: Surroundings): string =>
  join(base(around, { name: "XDG_STATE_HOME", fallback: ".local/state" }), "mesibo-groups");

/** The folder of changes whose outcome is unknown. */
export const unknownFolder = (around: Surroundings): string => join(stateFolder(around), "unknown");

/** Every place of a project file, from the working directory up to the root. */
export function projectPaths({ cwd }: Surroundings): readonly string[] {
  const paths: string[] = [];
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    paths.push(join(folder, PROJECT_FILE));
    if (dirname(folder) === folder) return paths;
  }
}

/** A path of a file: `~/` is the home folder, a relative one starts at the given folder. */
export function pathFrom(
  around: Surroundings,
  { path, folder }: { readonly path: string; readonly folder: string },
): string {
  return path.startsWith("~/") ? join(around.home, path.slice(2)) : resolve(folder, path);
}
