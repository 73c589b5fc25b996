import type { OpenAPIHono } from "@hono/zod-openapi";
import type { ProblemName } from "./problem-types.ts";

/** What a request carries through the gateway besides itself. */
export interface GatewayEnv {
  readonly Variables: {
    requestId: string;
    /** The problem that was answered, for the request log. */
    problem: ProblemName | undefined;
  };
}

/** A part of the gateway: routes with their schemas. */
export type Router = OpenAPIHono<GatewayEnv>;
