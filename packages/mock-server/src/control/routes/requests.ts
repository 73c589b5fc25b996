import * as z from "zod/mini";
import { entryResults } from "../../journal/entry.ts";
import { exportEntries, exportForms, type ExportForm, type Origin } from "../../journal/export/index.ts";
import { fits } from "../../journal/filter.ts";
import {
  expectedCount,
  VerifyError,
  verifyWorld,
  type ExpectedCount,
  type Verification,
} from "../../journal/verify.ts";
import { createView, type EntryView } from "../../journal/view.ts";
import type { WorldEntry } from "../../worlds.ts";
import { ControlProblem } from "../problem.ts";
import { remembered } from "../remembered.ts";
import { defineRoute, noBody, noQuery, worldOf, type Route, type RouteAnswer } from "../route.ts";
import { count, entry as entryShape } from "../schemas.ts";

const result = z.enum(entryResults);
const wholeNumber = z.string().check(z.regex(/^\d{1,9}$/, "must be a whole number"));
const form = z.optional(z.enum(exportForms));

const listQuery = z.strictObject({
  op: z.optional(z.string()),
  result: z.optional(result),
  error: z.optional(z.string()),
  after: z.optional(wholeNumber),
  limit: z.optional(wholeNumber),
  as: form,
});

const value = z.union([z.string(), z.number(), z.boolean(), z.array(z.union([z.string(), z.number()]))]);

const expectation = z.strictObject({
  op: z.optional(z.string()),
  result: z.optional(result),
  error: z.optional(z.string()),
  params: z.optional(z.record(z.string(), value)),
  count: z.optional(
    z.union([count, z.strictObject({ at_least: z.optional(count), at_most: z.optional(count) })]),
  ),
});

const types = { curl: "text/x-shellscript", har: "application/har+json", vitest: "text/plain" } as const;

const otherTypes = Object.values(types);

const DEFAULT_LIMIT = 100;
const path = "/worlds/{token}/requests";

const exported = (views: readonly EntryView[], as: ExportForm, from: Origin): RouteAnswer => ({
  status: 200,
  text: { type: types[as], text: exportEntries(views, as, from) },
});

type Count = z.output<typeof expectation>["count"];

function countOf(wanted: Count): ExpectedCount {
  return typeof wanted === "number" ? { at_least: wanted, at_most: wanted } : expectedCount(wanted);
}

function verified(
  entry: WorldEntry,
  { count: wanted, ...expected }: z.output<typeof expectation>,
): Verification {
  try {
    return verifyWorld(entry, expected, countOf(wanted));
  } catch (error) {
    if (!(error instanceof VerifyError)) throw error;
    throw new ControlProblem("validation", `body: ${error.message}`.replace(/[^.?]$/, "$&."));
  }
}

/** The journal: the latest requests of a world, why they were answered so, and whether the expected ones came. */
export const requestRoutes: readonly Route[] = [
  defineRoute({
    method: "get",
    path,
    id: "listRequests",
    summary: "The latest requests, newest last, with explanations; `as` exports them.",
    query: listQuery,
    body: noBody,
    answers: {
      200: {
        description: "The requests.",
        schema: z.object({ count, requests: z.array(entryShape) }),
        otherTypes,
      },
    },
    problems: ["unknown-token"],
    handle: ({ query, ...request }) => {
      const { token, world, journal, seed } = worldOf(request);
      const { after = "0", limit = String(DEFAULT_LIMIT), as, ...filter } = query;
      const fitting = fits(filter);
      const found = journal.entries().filter((entry) => entry.n > Number(after) && fitting(entry));
      // slice(-0) would be everything.
      const latest = Number(limit) === 0 ? [] : found.slice(-Number(limit));
      const views = latest.map(createView(token, world));
      return as === undefined
        ? { status: 200, json: { count: journal.count(), requests: views } }
        : exported(views, as, { origin: request.origin, seed });
    },
  }),
  defineRoute({
    method: "get",
    path: `${path}/{n}`,
    id: "getRequest",
    summary: "One request with its explanation, or exported.",
    query: z.strictObject({ as: form }),
    body: noBody,
    answers: { 200: { description: "The request.", schema: entryShape, otherTypes } },
    problems: ["unknown-token", "unknown-request"],
    handle: ({ query: { as }, ...request }) => {
      const entry = worldOf(request);
      const { token, world, seed } = entry;
      const view = createView(token, world)(remembered(entry, request.params["n"] ?? ""));
      return as === undefined
        ? { status: 200, json: view }
        : exported([view], as, { origin: request.origin, seed });
    },
  }),
  defineRoute({
    method: "delete",
    path,
    id: "clearRequests",
    summary: "Empties the journal.",
    query: noQuery,
    body: noBody,
    answers: { 204: { description: "The journal is empty." } },
    problems: ["unknown-token"],
    handle: (request) => {
      worldOf(request).journal.clear();
      return { status: 204 };
    },
  }),
  defineRoute({
    method: "post",
    path: "/worlds/{token}/verify",
    id: "verifyRequests",
    summary: "Counts the requests that are as expected; where they are too few, shows the nearest ones.",
    query: noQuery,
    body: expectation,
    answers: {
      200: {
        description: "Whether as many came as were expected. Without a count at least one is.",
        schema: z.object({
          ok: z.boolean(),
          count,
          matches: z.array(count),
          nearest: z.array(
            z.object({
              n: count,
              differences: z.array(
                z.object({ field: z.string(), expected: z.string(), actual: z.optional(z.string()) }),
              ),
            }),
          ),
        }),
      },
    },
    problems: ["unknown-token"],
    handle: (request) => ({ status: 200, json: verified(worldOf(request), request.body) }),
  }),
];
