import { OpenAPIHono } from "@hono/zod-openapi";
import type { GatewayEnv, Router } from "./environment.ts";
import { refuseInvalid } from "./validation.ts";

/** An empty part of the gateway, whose schemas refuse with problems. */
export const createRouter = (): Router => new OpenAPIHono<GatewayEnv>({ defaultHook: refuseInvalid });
