import { ProblemError } from "./problem.ts";

/** The ETag of a version. */
export const etagOf = (version: number): string => `"${version}"`;

/** Whether a header names this tag, or any. Weak ones count: there is one representation. */
function names(header: string, etag: string): boolean {
  const tags = new Set(header.split(",").map((tag) => tag.trim().replace(/^W\//, "")));
  return tags.has("*") || tags.has(etag);
}

/** Throws `version-mismatch` where a change was asked for of another version than this. */
export function checkIfMatch(header: string | undefined, version: number): void {
  checkIfMatchTag(header, etagOf(version));
}

/** Throws `version-mismatch` where a change was asked for of something with another tag than this. */
export function checkIfMatchTag(header: string | undefined, etag: string): void {
  if (header === undefined || names(header, etag)) return;
  throw new ProblemError("version-mismatch", {
    detail: `If-Match names another version; the one that is there now is ${etag}. Nothing was changed.`,
    members: { etag },
    headers: { etag },
  });
}

/** Whether the reader has this version already. */
export function isUnchanged(header: string | undefined, version: number): boolean {
  return header !== undefined && names(header, etagOf(version));
}
