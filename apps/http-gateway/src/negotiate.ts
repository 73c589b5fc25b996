import type { MiddlewareHandler } from "hono";
import type { GatewayEnv } from "./environment.ts";
import { takesList } from "./body.ts";
import { ProblemError } from "./problem.ts";

const jsonRanges = new Set(["*/*", "application/*", "application/json", "application/problem+json"]);

/** The media types and ranges of an `Accept` header that are not ruled out by `q=0`. */
export function acceptedTypes(accept: string): readonly string[] {
  return accept
    .split(",")
    .map((part) => part.split(";").map((piece) => piece.trim().toLowerCase()))
    .filter(([, ...parameters]) => !parameters.some((parameter) => /^q=0(?:\.0{0,3})?$/.test(parameter)))
    .map(([type = ""]) => type);
}

/**
 * The media type of lines of JSON.
 *
 * A `string` on purpose: zod-openapi takes a literal with "json" in it for one JSON value.
 */
export const NDJSON: string = "application/x-ndjson";

/** Whether a request would rather have lines than one JSON. */
export function wantsLines(accept: string): boolean {
  const types = acceptedTypes(accept);
  const lines = types.indexOf(NDJSON);
  const whole = types.indexOf("application/json");
  return lines !== -1 && (whole === -1 || lines < whole);
}

/** What a path answers with besides JSON. */
function otherOf(path: string): string | undefined {
  if (path === "/v1/events") return "text/event-stream";
  return path === "/v1/audit" || takesList(path) ? NDJSON : undefined;
}

/** Refuses a request whose `Accept` rules out what there is. No header, or an empty one, takes anything. */
export const acceptJson: MiddlewareHandler<GatewayEnv> = async function acceptJson(c, next) {
  const accept = c.req.header("accept")?.trim() ?? "";
  const other = otherOf(c.req.path);
  if (accept !== "" && !acceptedTypes(accept).some((type) => jsonRanges.has(type) || type === other)) {
    const names = ["application/json", ...(other === undefined ? [] : [other])].join(" or ");
    throw new ProblemError("not-acceptable", { detail: `Accept must allow ${names}.` });
  }
  await next();
};
