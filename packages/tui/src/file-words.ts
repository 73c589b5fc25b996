const words = new Map([
  ["ENOENT", "there is no such file"],
  ["ENOTDIR", "there is no such file"],
  ["EACCES", "you may not do that"],
  ["EPERM", "you may not do that"],
  ["EROFS", "the disk is read-only"],
  ["ENOSPC", "the disk is full"],
  ["ENAMETOOLONG", "the name is too long"],
]);

/** The name that the system has for an error; undefined for what is none of its. */
export const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;

/** Whether what is looked for is not there. */
export function isMissing(error: unknown): boolean {
  const code = codeOf(error);
  return code === "ENOENT" || code === "ENOTDIR";
}

/** The name that the system has for an error, for a sentence. */
export const codeWord = (error: unknown): string => codeOf(error) ?? "an error";

/** What the system says, in words. What is no error of the system is a mistake of ours and is thrown on. */
export function reasonOf(error: unknown): string {
  const code = codeOf(error);
  if (code === undefined) throw error;
  return words.get(code) ?? code;
}
