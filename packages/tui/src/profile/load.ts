import { readOptional } from "./files.ts";
import { parseConfig, parseProject, type Parsed } from "./parse.ts";
import { configPath, projectPaths } from "./paths.ts";
import type { Config, Project } from "./schema.ts";
import type { Surroundings } from "./surroundings.ts";

/** A file that was read. */
export interface Loaded<T> extends Parsed<T> {
  readonly path: string;
}

/** The files that there are. */
export interface Files {
  readonly user: Loaded<Config> | undefined;
  readonly project: Loaded<Project> | undefined;
}

/** Reads the user's file, where there is one. */
export async function loadUser(around: Surroundings): Promise<Files["user"]> {
  const path = configPath(around);
  const text = await readOptional(path);
  return text === undefined ? undefined : { path, ...parseConfig({ path, text }) };
}

/** Reads the nearest project file, from the working directory upwards. */
async function loadProject(around: Surroundings): Promise<Files["project"]> {
  for (const path of projectPaths(around)) {
    const text = await readOptional(path);
    if (text !== undefined) return { path, ...parseProject({ path, text }) };
  }
  return undefined;
}

/** Reads both files. Throws `ProfileError` for one that is wrong. */
export async function loadFiles(around: Surroundings): Promise<Files> {
  return { user: await loadUser(around), project: await loadProject(around) };
}
