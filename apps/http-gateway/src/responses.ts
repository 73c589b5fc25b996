import type { ZodType } from "zod";
import { PROBLEM_JSON, problemBody, ProblemError } from "./problem.ts";
import { problemTypes, type ProblemName } from "./problem-types.ts";
import { problemSchema } from "./schemas/problem.ts";

interface ProblemResponse {
  readonly description: string;
  readonly content: {
    readonly [PROBLEM_JSON]: {
      readonly schema: typeof problemSchema;
      readonly examples: Record<string, { readonly summary: string; readonly value: unknown }>;
    };
  };
}

function exampleOf(problem: ProblemName): { readonly summary: string; readonly value: unknown } {
  const { title, meaning } = problemTypes[problem];
  const body = problemBody(
    new ProblemError(problem, { detail: meaning }),
    "6f0c1d1c-8d5e-4f5e-9c39-3c1f7f0a2b11",
  );
  return { summary: title, value: body };
}

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
            examples: Object.fromEntries(problems.map((name) => [name, exampleOf(name)])),
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

/** What any route below /v1 can answer with. */
export const everyRoute = [
  "malformed",
  "unauthenticated",
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

/** A route below /v1 needs an API key. */
export const security = [{ apiKey: [] }];
