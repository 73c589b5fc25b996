import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { CommandError } from "../say.ts";

/** Whether a database is in PostgreSQL. */
export const isPostgres = (url: string): boolean => /^postgres(?:ql)?:/.test(url);

/** The path of a database in a file. Throws `CommandError` where there is no such file. */
export function existingFile(url: string): string {
  const path = resolve(url.replace(/^file:(?:\/\/(?=\/))?/, ""));
  if (!existsSync(path))
    throw new CommandError([`There is no file ${path}: correct the path that names it.`], 1);
  return path;
}

/** Throws `CommandError` unless a database that is to be read is there, as far as that can be known. */
export function checkThere(url: string): void {
  if (!isPostgres(url)) existingFile(url);
}
