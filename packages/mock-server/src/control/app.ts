import { nearest } from "@mesibo-groups/core";
import { Hono, type Context } from "hono";
import { refuseForeign, senderOf } from "./guard.ts";
import { identify } from "./identify.ts";
import { ControlProblem, problemBody } from "./problem.ts";
import { readJson } from "./read-body.ts";
import { noBody, type ControlContext, type Route, type RouteAnswer } from "./route.ts";
import type { Worlds } from "../worlds.ts";
import { routes } from "./routes/index.ts";
import { settled } from "./settled.ts";
import { withoutTokens } from "./without-tokens.ts";

const MAX_BODY = 1024 * 1024;

/** Where the control API answers. */
export const CONTROL_PATH = "/_mock";

/** How the control API is made. */
export interface ControlOptions extends ControlContext {
  /** The host name that the mock listens on; undefined in process, where no web page can reach it. */
  readonly host: string | undefined;
}

const honoPath = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ":$1");

function send({ status, json, text }: RouteAnswer): Response {
  if (text !== undefined) return new Response(text.text, { status, headers: { "content-type": text.type } });
  return status === 204 ? new Response(null, { status }) : Response.json(json, { status });
}

function problem(error: ControlProblem, worlds: Worlds): Response {
  const body = problemBody(error);
  return new Response(JSON.stringify({ ...body, detail: withoutTokens(worlds, body.detail) }), {
    status: body.status,
    headers: { "content-type": "application/problem+json", ...error.headers },
  });
}

const defectWords = ({ name, message }: Error): string =>
  `The mock failed on this request (${name}: ${message}). Please report it with the request.`;

function answerWith(route: Route, context: ControlContext): (c: Context) => Promise<Response> {
  return async (c) => {
    const body = route.body === noBody ? undefined : await readJson(c.req.raw, route.maxBody ?? MAX_BODY);
    const { origin } = new URL(c.req.url);
    const request = { context, params: c.req.param(), query: c.req.query(), body, origin };
    const answer = route.handle(request);
    await settled(context);
    return send(answer);
  };
}

/** The control API of a mock, below `/_mock`. */
export function createControl({ host, ...context }: ControlOptions): Hono {
  const app = new Hono().basePath(CONTROL_PATH);

  app.use(async (c, next) => {
    if (host !== undefined)
      refuseForeign(
        senderOf((name) => c.req.header(name)),
        host,
      );
    await next();
  });
  for (const route of routes)
    app.on(route.method.toUpperCase(), honoPath(route.path), answerWith(route, context));
  for (const [path, same] of Map.groupBy(routes, (route) => route.path)) {
    const methods = same.map(({ method }) => method.toUpperCase());
    const allow = (methods.includes("GET") ? ["HEAD", ...methods] : methods).join(", ");
    app.all(honoPath(path), (c) => {
      // The path of the document, since the caller's holds a token.
      const detail = `${CONTROL_PATH}${path} takes ${allow}, not ${c.req.method}.`;
      throw new ControlProblem("method-not-allowed", detail, { allow });
    });
  }

  const identified = new Hono();
  identified.use(identify(context.instance));
  identified.route("/", app);
  identified.onError((error) =>
    problem(
      error instanceof ControlProblem ? error : new ControlProblem("defect", defectWords(error)),
      context.worlds,
    ),
  );
  identified.notFound((c) => {
    // Not the path itself, which may hold a token anywhere.
    const asked = c.req.path.slice(CONTROL_PATH.length).replace(/(\/worlds\/)[^/]+/, "$1{token}");
    const meant = nearest(
      asked,
      routes.map(({ path }) => path),
    );
    const hint = meant === undefined ? "." : `; did you mean ${CONTROL_PATH}${meant}?`;
    const detail = `The control API has nothing at this path${hint} GET ${CONTROL_PATH}/openapi.json lists its paths.`;
    return problem(new ControlProblem("not-found", detail), context.worlds);
  });
  return identified;
}
