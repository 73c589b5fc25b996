import type { OpenAPIHono } from "@hono/zod-openapi";
import type { GroupRule } from "./access/group-rule.ts";
import type { Scope } from "./keys/scopes.ts";
import type { ProblemName } from "./problem-types.ts";

/** Who asks. */
export interface Actor {
  /** The id of the API key. */
  readonly id: string;
  readonly scopes: ReadonlySet<Scope>;
  /** Which groups they may touch; undefined is every group. */
  readonly groups: GroupRule | undefined;
}

/** What a request carries through the gateway besides itself. */
export interface GatewayEnv {
  /** What serves the gateway; nothing where it is called in the same process. */
  readonly Bindings: {
    /** Cuts the connection of the request. */
    readonly cut?: () => void;
    /** The client's address. */
    readonly source?: string | undefined;
  };
  readonly Variables: {
    requestId: string;
    /** The trace that the request is part of. */
    traceId: string | undefined;
    /** Below /v1, once the API key is known. */
    actor: Actor;
    /** Whether that key still opens anything: for what goes on after the answer has begun. */
    isStillKnown: () => Promise<boolean>;
    /** The problem that was answered, for the request log. */
    problem: ProblemName | undefined;
  };
}

/** A part of the gateway: routes with their schemas. */
export type Router = OpenAPIHono<GatewayEnv>;
