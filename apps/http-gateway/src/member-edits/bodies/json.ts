import { ProblemError } from "../../problem.ts";
import { memberEditEnvelope, memberListEnvelope } from "../../schemas/member-edit.ts";
import { fieldErrors, invalid, MAX_ERRORS } from "../../validation.ts";
import type { Line, LinesAsked } from "./line.ts";

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ProblemError("malformed", { detail: "The body is not JSON." });
  }
}

/** An item with the permissions of all, where it has none of its own. */
function withDefault(item: unknown, permissions: unknown): unknown {
  if (permissions === undefined || typeof item !== "object" || item === null) return item;
  return Object.hasOwn(item, "permissions") || Object.hasOwn(item, "remove")
    ? item
    : { ...item, permissions };
}

/** The members in a JSON body: `{"permissions":{…},"items":[{"address":"alice"},…]}`. */
export function* jsonLines(text: string, { field, removals }: LinesAsked): Generator<Line> {
  const data = parse(text);
  // Only what is around the list: a list of a million is refused before it is looked through.
  const read = (removals ? memberEditEnvelope : memberListEnvelope).safeParse(data);
  if (!read.success) {
    const { issues } = read.error;
    throw invalid(issues.slice(0, MAX_ERRORS).flatMap((issue) => fieldErrors(issue, data, "body")));
  }
  const { permissions } = read.data;
  const list = "items" in read.data ? read.data.items : read.data.members;
  for (const [index, item] of list.entries()) {
    yield { at: [field, String(index)], value: withDefault(item, permissions) };
  }
}
