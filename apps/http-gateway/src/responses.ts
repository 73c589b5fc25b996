import type { ZodType } from "zod";
import { PROBLEM_JSON, problemBody, ProblemError } from "./problem.ts";
import { problemNames, problemTypes, type ProblemName } from "./problem-types.ts";
import { problemSchema } from "./schemas/problem.ts";

interface ProblemResponse {
  readonly description: string;
  readonly content: {
    readonly [PROBLEM_JSON]: {
      readonly schema: typeof problemSchema;
      readonly examples: Record<string, { readonly $ref: string }>;
    };
  };
}

/** An example of every problem, for the document's components. */
export const problemExamples = Object.fromEntries(
  problemNames.map((name) => {
    const { title: summary, meaning: detail } = problemTypes[name];
    const value = problemBody(new ProblemError(name, { detail }), "6f0c1d1c-8d5e-4f5e-9c39-3c1f7f0a2b11");
    return [name, { summary, value }];
  }),
);

/** The document's responses for problems, by status, with an example of each. */
export function problemResponses(...names: readonly ProblemName[]): Record<number, ProblemResponse> {
  const byStatus = Map.groupBy(names, (name) => problemTypes[name].status);
  return Object.fromEntries(
    [...byStatus].map(([status, problems]) => [
      status,
      {
        description: problems.map((name) => problemTypes[name].title).join("; or: "),
        content: {
          [PROBLEM_JSON]: {
            schema: problemSchema,
            examples: Object.fromEntries(
              problems.map((name) => [name, { $ref: `#/components/examples/${name}` }]),
            ),
          },
        },
      },
    ]),
  );
}

/** A JSON answer in the document. */
export function jsonResponse<T extends ZodType>(description: string, schema: T) {
  return { description, content: { "application/json": { schema } } };
}

/** What any route beside /v1 can answer with, but for the probes. */
export const openRoute = ["not-acceptable", "host-not-allowed", "internal"] as const;

/** What any route below /v1 can answer with. */
export const everyRoute = [
  "host-not-allowed",
  "quota-exceeded",
  "draining",
  "malformed",
  "unauthenticated",
  "insufficient-scope",
  "object-not-allowed",
  "not-acceptable",
  "too-large",
  "internal",
] as const;

/** What a route that calls mesibo can answer with, besides. */
export const callingRoute = [
  "validation",
  "upstream-protocol",
  "upstream-unavailable",
  "upstream-latched",
  "upstream-outcome-unknown",
] as const;

/** What a route that reads the directory can answer with. */
export const readingRoute = [...everyRoute, "validation", "store-unavailable"] as const;

/** What a route with an Idempotency-Key can answer with, besides. */
export const keyedRoute = [
  "idempotency-key-invalid",
  "idempotency-key-reused",
  "request-in-progress",
  "store-unavailable",
] as const;

/** A route below /v1 needs an API key. */
export const security = [{ apiKey: [] }];
