import type { Context } from "hono";
import type { GatewayEnv } from "../../environment.ts";
import type { FieldError } from "../../problem.ts";
import { memberEditLine, memberLine } from "../../schemas/member-edit.ts";
import { fieldErrors, invalid, MAX_ERRORS } from "../../validation.ts";
import { viewPermissions } from "../../views.ts";
import type { MemberEdit } from "../edit.ts";
import { MAX_EDITS } from "../limits.ts";
import { csvLines } from "./csv.ts";
import { jsonLines } from "./json.ts";
import type { Line, LinesAsked } from "./line.ts";
import { ndjsonLines } from "./ndjson.ts";

/** The media types that a list of members can have. */
export const editTypes = ["application/json", "application/x-ndjson", "text/csv"] as const;

const readers = {
  "application/json": jsonLines,
  "application/x-ndjson": ndjsonLines,
  "text/csv": csvLines,
} as const satisfies Record<(typeof editTypes)[number], (text: string, asked: LinesAsked) => Iterable<Line>>;

/** The media type of a request, which has been checked before. */
export function editTypeOf(c: Context<GatewayEnv>): (typeof editTypes)[number] {
  const type = (c.req.header("content-type") ?? "").split(";", 1)[0]?.trim().toLowerCase();
  return editTypes.find((known) => known === type) ?? "application/json";
}

/** Puts a value back to where it was, so that an error finds it there. */
const nested = (at: readonly string[], value: unknown): unknown =>
  at.toReversed().reduce<unknown>((inner, key) => ({ [key]: inner }), value);

const fault = ({ at, fault: detail = "" }: Line): FieldError => ({
  in: "body",
  pointer: `/${at.join("/")}`,
  code: "invalid_value",
  detail,
});

/** So long at a time that nobody else waits. */
const LINES_AT_ONCE = 2_000;

/**
 * Reads the members of a request, in whichever of the three forms they come. Throws `validation` with the first
 * errors: an address that cannot be one, one that comes twice, a field that is missing, too many of them.
 */
export async function readEdits(c: Context<GatewayEnv>, asked: LinesAsked): Promise<readonly MemberEdit[]> {
  // A byte order mark at the beginning goes here: spreadsheets write one.
  const text = await c.req.text();
  const schema = asked.removals ? memberEditLine : memberLine;
  const edits: MemberEdit[] = [];
  const errors: FieldError[] = [];
  const seen = new Map<string, string>();
  let lines = 0;
  for (const line of readers[editTypeOf(c)](text, asked)) {
    lines += 1;
    if (lines > MAX_EDITS) {
      const detail = `There are more than ${MAX_EDITS} members in it: send at most so many at a time.`;
      throw invalid([{ in: "body", pointer: `/${asked.field}`, code: "out_of_range", detail }]);
    }
    if (lines % LINES_AT_ONCE === 0) await new Promise((resolve) => setImmediate(resolve));
    if (errors.length >= MAX_ERRORS) break;
    if (line.fault !== undefined) {
      errors.push(fault(line));
      continue;
    }
    const read = schema.safeParse(line.value);
    if (!read.success) {
      const data = nested(line.at, line.value);
      for (const issue of read.error.issues.slice(0, MAX_ERRORS)) {
        errors.push(...fieldErrors({ ...issue, path: [...line.at, ...issue.path] }, data, "body"));
      }
      continue;
    }
    const { address, permissions } = read.data;
    const where = line.at.join(".");
    const before = seen.get(address);
    if (before !== undefined) {
      const detail = `${where} names ${JSON.stringify(address)} again, after ${before}: give each address once.`;
      errors.push({
        in: "body",
        pointer: `/${[...line.at, "address"].join("/")}`,
        code: "duplicate",
        detail,
      });
      continue;
    }
    seen.set(address, where);
    edits.push({ address, permissions: permissions && viewPermissions(permissions) });
  }
  if (errors.length > 0) throw invalid(errors.slice(0, MAX_ERRORS));
  if (edits.length === 0 && asked.removals) {
    const detail = `${asked.field} must be a list of 1 to ${MAX_EDITS} members, not empty.`;
    throw invalid([{ in: "body", pointer: `/${asked.field}`, code: "out_of_range", detail }]);
  }
  return edits;
}
