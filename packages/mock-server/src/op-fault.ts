import { nearest } from "@mesibo-groups/core";
import { findOp, opNames } from "@mesibo-groups/core/wire";

/** What is wrong with the name of an op, as the end of a sentence that names it; undefined for one that is one. */
export function opFault(name: string): string | undefined {
  if (findOp(name) !== undefined) return undefined;
  const meant = nearest(name, opNames);
  return `is no op; ${meant === undefined ? `it is one of ${opNames.join(", ")}` : `did you mean "${meant}"?`}`;
}
