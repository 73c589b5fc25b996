import type { MiddlewareHandler } from "hono";
import type { GatewayEnv } from "./environment.ts";
import { ProblemError } from "./problem.ts";

/** What a path says, or undefined where its percent-encoding is broken. */
function decoded(path: string): string | undefined {
  try {
    // The value must be used: the bundler drops a call whose value is not, and what it would have thrown with it.
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

/** Refuses URLs that cannot be read in one way only. */
export const checkPath: MiddlewareHandler<GatewayEnv> = async function checkPath(c, next) {
  const { url } = c.req;
  // Read leniently, %ff and %25ff would name the same address.
  if (url.includes("%") && decoded(new URL(url).pathname) === undefined) {
    throw new ProblemError("malformed", { detail: "The path holds broken percent-encoding." });
  }
  await next();
};

/** Refuses URLs with a NUL, which PostgreSQL takes in no text. Comes after the key: without one nobody learns this. */
export const refuseNul: MiddlewareHandler<GatewayEnv> = async function refuseNul(c, next) {
  if (c.req.url.includes("%00")) {
    throw new ProblemError("malformed", { detail: "The URL holds %00, which is in no name and no id." });
  }
  await next();
};
