import * as z from "zod/mini";
import type { Instance } from "../instance.ts";
import { parse } from "../parse.ts";
import type { WorldEntry, Worlds } from "../worlds.ts";
import { ControlProblem, type ProblemName } from "./problem.ts";

/** What every route of the control API works with. */
export interface ControlContext {
  readonly worlds: Worlds;
  readonly instance: Instance;
}

/** A request to a route, with everything that the route declares read and checked. */
export interface RouteRequest<Query, Body> {
  readonly context: ControlContext;
  /** The values of the path's `{names}`. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly body: Body;
  /** Scheme, host and port that the caller used. */
  readonly origin: string;
}

/** An answer of a route: JSON, or text of another type. */
export interface RouteAnswer {
  readonly status: 200 | 201 | 204;
  readonly json?: unknown;
  readonly text?: { readonly type: string; readonly text: string };
}

/** What the document says of an answer. */
export interface DocumentedAnswer {
  readonly description: string;
  readonly schema?: z.ZodMiniType | undefined;
  /** Default: application/json. */
  readonly type?: string | undefined;
  /** Types of the text that the caller may ask for instead. */
  readonly otherTypes?: readonly string[] | undefined;
}

/** The facts of a route that the document is made from. */
export interface RouteFacts<Query extends z.ZodMiniObject, Body extends z.ZodMiniType> {
  readonly method: "get" | "put" | "post" | "patch" | "delete";
  /** Below `/_mock`, with `{names}`. */
  readonly path: string;
  readonly id: string;
  readonly summary: string;
  readonly query: Query;
  /** A schema that takes `undefined` too makes the body optional. */
  readonly body: Body;
  /** The most bytes of a body. Default: 1 MiB. */
  readonly maxBody?: number | undefined;
  readonly answers: Readonly<Partial<Record<RouteAnswer["status"], DocumentedAnswer>>>;
  /** The problems that it may answer with besides those of every route. */
  readonly problems?: readonly ProblemName[] | undefined;
}

/** A route of the control API. Its `handle` takes query and body as they came and checks them. */
export interface Route extends RouteFacts<z.ZodMiniObject, z.ZodMiniType> {
  readonly handle: (request: RouteRequest<unknown, unknown>) => RouteAnswer;
}

/** For a route without a query. */
export const noQuery = z.strictObject({});

/** For a route that reads no body. */
export const noBody = z.undefined();

function check<T extends z.ZodMiniType>(schema: T, value: unknown, part: "query" | "body"): z.output<T> {
  const read = parse(schema, value, part);
  if (read.ok) return read.data;
  throw new ControlProblem("validation", read.reason.replace(/[^.?]$/, "$&."));
}

/** A route whose handler gets query and body in the types of its schemas. */
export function defineRoute<Query extends z.ZodMiniObject, Body extends z.ZodMiniType>(
  route: RouteFacts<Query, Body> & {
    readonly handle: (request: RouteRequest<z.output<Query>, z.output<Body>>) => RouteAnswer;
  },
): Route {
  const { query, body } = route;
  return {
    ...route,
    handle: (request) =>
      route.handle({
        ...request,
        query: check(query, request.query, "query"),
        body: check(body, request.body, "body"),
      }),
  };
}

/** The world that a request's path names. */
export function worldOf({
  context,
  params,
}: Pick<RouteRequest<unknown, unknown>, "context" | "params">): WorldEntry {
  const entry = context.worlds.find(params["token"] ?? "");
  if (entry === undefined) throw unknownToken();
  return entry;
}

/** The world that a request names beside its path. It must be there: a misspelt token would make an empty one. */
export function existing(worlds: Worlds, token: string): WorldEntry {
  const entry = worlds.peek(token);
  if (entry !== undefined) return entry;
  throw new ControlProblem(
    "unknown-world",
    "No world has the other token yet. GET /_mock/worlds lists the worlds; PUT /_mock/worlds/{token} makes one.",
  );
}

/** The problem of a token that stands for no world. */
export const unknownToken = (): ControlProblem =>
  new ControlProblem(
    "unknown-token",
    "This mock was started with --token and does not know the token, or the token has over 256 characters.",
  );
