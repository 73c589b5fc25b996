import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { codeOf } from "../code-of.ts";

function makeOne(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
  }
}

/**
 * Makes a folder that nobody else may enter, with those above it, where it is not there.
 *
 * Not Node's own way with `recursive`: where the system says that a folder is missing which is there, as in
 * `/proc`, that tries for ever.
 */
export function makeFolder(path: string): void {
  const above = dirname(path);
  try {
    makeOne(path);
  } catch (error) {
    if (codeOf(error) !== "ENOENT" || above === path) throw error;
    makeFolder(above);
    makeOne(path);
  }
}
