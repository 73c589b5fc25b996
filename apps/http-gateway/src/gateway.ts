import { MesiboError, type Client } from "@mesibo-groups/core";
import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import { secureHeaders } from "hono/secure-headers";
import { requireAccess } from "./access/enforce.ts";
import { requireKey } from "./auth.ts";
import { limitBody } from "./body.ts";
import { checkPath, refuseNul } from "./check-path.ts";
import type { OperationsConfig } from "./config-operations.ts";
import type { GatewayEnv, Router } from "./environment.ts";
import { createKeyRing } from "./keys/ring.ts";
import { allowHosts } from "./hosts.ts";
import type { Metrics } from "./metrics/metrics.ts";
import { acceptJson } from "./negotiate.ts";
import { openApiDocument } from "./openapi.ts";
import { PROBLEM_JSON, problemBody, ProblemError } from "./problem.ts";
import { memoryCells } from "./rate/cells.ts";
import { createFailedLogins } from "./rate/failed-logins.ts";
import { storeCells } from "./rate/store-cells.ts";
import { limitRate } from "./rate/limit.ts";
import { defectRecord, writeRecord, type Log } from "./log.ts";
import { logRequests } from "./request-log.ts";
import { sendStored, StoredProblem } from "./operations/answering.ts";
import type { Engine } from "./operations/engine.ts";
import { giveRequestId } from "./request-id.ts";
import { createRouteTable } from "./route-table.ts";
import { createRouter } from "./router.ts";
import { apiKeyRoutes } from "./routes/api-keys.ts";
import { auditRoutes } from "./routes/audit.ts";
import { docsHeaders, docsRoute } from "./routes/docs.ts";
import { documentRoute } from "./routes/document.ts";
import { eventRoutes, type StreamLimits } from "./routes/events.ts";
import { flagRoutes } from "./routes/flags.ts";
import { groupImportRoutes } from "./routes/group-imports.ts";
import { groupRoutes } from "./routes/groups.ts";
import { healthRoutes } from "./routes/health.ts";
import { memberBatchRoutes } from "./routes/member-batches.ts";
import { memberRoutes } from "./routes/members.ts";
import { metricsRoute } from "./routes/metrics.ts";
import { operationItemRoutes } from "./routes/operation-items.ts";
import { operationRoutes } from "./routes/operations.ts";
import { permissionRoutes } from "./routes/permissions.ts";
import { problemRoutes } from "./routes/problems.ts";
import { routeSimulationRoutes } from "./routes/route-simulations.ts";
import { closeWhileStopping, refuseWhileStopping } from "./shutdown.ts";
import { StoreError } from "./store/errors.ts";
import { storeProblem } from "./store-problem.ts";
import { upstreamProblem } from "./upstream-problem.ts";

/** What a gateway is made of. */
export interface GatewayOptions {
  /** The store, and the one holder of the app token. */
  readonly engine: Engine;
  /** Keys that may do everything, besides those in the store: each 1 to 256 visible ASCII characters. */
  readonly apiKeys: readonly string[];
  /** Takes one record for each request. Default: nothing is logged. */
  readonly log?: Log | undefined;
  /** Counts what happens. Default: there is no /metrics. */
  readonly metrics?: Metrics | undefined;
  /** How streams of events are held. Default: 20 for each key, a ping every 15 s, cut after 30 s without reading. */
  readonly streams?: Partial<StreamLimits> | undefined;
  /** How it is run. Default: any host, no limit, open metrics. */
  readonly operations?: Partial<OperationsConfig> | undefined;
}

/** The routes of a gateway, without what stands in front of them. */
function apiRoutes({ engine, metrics, streams, operations = {} }: GatewayOptions): Router {
  const v1 = createRouter();
  v1.route("/", groupRoutes(engine));
  v1.route("/", groupImportRoutes(engine));
  v1.route("/", memberRoutes(engine));
  v1.route("/", memberBatchRoutes(engine));
  v1.route("/", permissionRoutes(engine));
  v1.route("/", operationRoutes(engine));
  v1.route("/", operationItemRoutes(engine));
  v1.route("/", flagRoutes());
  v1.route("/", apiKeyRoutes(engine));
  v1.route("/", eventRoutes(engine, { limits: streams, metrics }));
  v1.route("/", auditRoutes(engine));
  v1.route("/", routeSimulationRoutes(engine));

  const routes = createRouter();
  routes.route("/v1", v1);
  routes.route("/", healthRoutes(engine));
  if (metrics !== undefined) {
    routes.route("/", metricsRoute({ engine, metrics, token: operations.metricsToken }));
  }
  routes.route("/", problemRoutes());
  return routes;
}

/** Hands each record of a request to the metrics, and all of them to the log. */
function both(log: Log | undefined, metrics: Metrics | undefined): Log {
  return (record) => {
    if (record.event === "request") metrics?.request(record);
    log?.(record);
  };
}

/** What went wrong as a problem. Everything that is not known by name is a mistake of ours. */
function toProblem(error: unknown, client: Client): ProblemError | undefined {
  if (error instanceof ProblemError) return error;
  if (error instanceof MesiboError) return upstreamProblem(error, client.latched());
  if (error instanceof StoreError) return storeProblem(error);
  // The only exception of hono's that can come here is its body parser's.
  if (error instanceof HTTPException && error.status === 400) {
    return new ProblemError("malformed", { detail: "The body is not JSON." });
  }
  return undefined;
}

function respond(c: Context<GatewayEnv>, problem: ProblemError): Response {
  const body = problemBody(problem, c.var.requestId);
  c.set("problem", problem.problem);
  return c.body(JSON.stringify(body), body.status, {
    ...problem.facts.headers,
    "content-type": PROBLEM_JSON,
  });
}

/**
 * Makes a gateway: REST over the client, one door with a key, problems for everything that is not a success.
 *
 * Throws `TypeError` for API keys that cannot be used.
 */
export function createGateway(options: GatewayOptions): Router {
  const { engine, apiKeys, log, metrics, operations = {} } = options;
  const { client } = engine;
  const routes = apiRoutes(options);
  routes.route(
    "/",
    documentRoute(() => document),
  );
  if (operations.docs !== false) {
    routes.route(
      "/",
      docsRoute(() => document),
    );
  }
  const document = openApiDocument(routes);
  const table = createRouteTable(document.paths ?? {});

  const app = createRouter();
  app.use(giveRequestId);
  app.use(logRequests(both(log, metrics), table));
  app.use(closeWhileStopping(engine.stopping));
  app.use("/docs", docsHeaders);
  app.use(
    secureHeaders({
      contentSecurityPolicy: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
      xFrameOptions: "DENY",
    }),
  );
  app.use("/v1/*", async function neverStore(c, next) {
    // Before, not after: hono takes an answer apart to add a header to it.
    c.header("cache-control", "no-store");
    await next();
    if (c.res.headers.has("idempotency-replayed")) metrics?.replayed();
  });
  app.use(checkPath);
  if (operations.allowedHosts !== undefined) app.use(allowHosts(operations.allowedHosts));
  // Before everything that is below /v1, known or not: whoever has no key learns nothing, not even what exists.
  const failed = createFailedLogins({ now: engine.now, onFailed: metrics?.failedLogin });
  app.use("/v1/*", requireKey({ apiKeys, ring: createKeyRing(engine), failed }));
  app.use("/v1/*", refuseNul);
  if (operations.rateLimit !== undefined) {
    const { rateLimit } = operations;
    // Several gateways share a limit where they share a database.
    const cells =
      engine.store.kind === "postgres" ? storeCells(engine.store, rateLimit) : memoryCells(rateLimit);
    app.use("/v1/*", limitRate({ ...rateLimit, cells, now: engine.now, onDenied: metrics?.denied }));
  }
  app.use("/v1/*", requireAccess(engine));
  app.use("/v1/*", refuseWhileStopping(engine.stopping));
  app.use(limitBody);
  for (const path of ["/v1/*", "/livez", "/readyz", "/version", "/openapi.json"]) app.use(path, acceptJson);
  app.route("/", routes);

  app.notFound((c) => {
    const allow = table(c.req.path)?.methods;
    if (allow === undefined) {
      const detail = "The gateway has no such path; GET /openapi.json lists them.";
      return respond(c, new ProblemError("not-found", { detail }));
    }
    return respond(
      c,
      new ProblemError("method-not-allowed", {
        detail: `This path takes ${allow.join(", ")}.`,
        members: { allow },
        headers: { allow: allow.join(", ") },
      }),
    );
  });
  app.onError((error, c) => {
    if (error instanceof StoredProblem) return sendStored(c, error);
    const problem = toProblem(error, client);
    if (problem !== undefined) return respond(c, problem);
    writeRecord(log, defectRecord(error, c.var.requestId));
    return respond(
      c,
      new ProblemError("internal", { detail: "A mistake in the gateway; its log has more." }),
    );
  });
  return app;
}
