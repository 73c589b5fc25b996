import type { Context } from "hono";
import type { GatewayEnv } from "../environment.ts";
import { problemNames, type ProblemName } from "../problem-types.ts";
import type { Engine } from "./engine.ts";
import { fingerprintOf, readKey, requireIdempotencyKey, type IdempotencyKey } from "./idempotency.ts";
import type { Kind } from "./kind.ts";
import type { StoredAnswer } from "./operation.ts";
import { perform } from "./perform.ts";

/** A request whose answer is a problem that was stored: it is answered word for word. */
export class StoredProblem extends Error {
  override readonly name = "StoredProblem";
  readonly answer: StoredAnswer;

  constructor(answer: StoredAnswer) {
    super("a stored problem");
    this.answer = answer;
  }
}

/** Reads the key of a request. */
async function keyOf(c: Context<GatewayEnv>, needed: boolean): Promise<IdempotencyKey | undefined> {
  const header = c.req.header("idempotency-key");
  const key = needed ? requireIdempotencyKey(header) : readKey(header);
  if (key === undefined) return undefined;
  const text = await c.req.text();
  const body: unknown = text === "" ? null : JSON.parse(text);
  return { key, fingerprint: fingerprintOf({ method: c.req.method, path: c.req.path, body }) };
}

const names = new Map<string, ProblemName>(problemNames.map((name) => [`/problems/${name}`, name]));

/** The problem in a stored answer, for the request log. */
function problemOf({ body }: StoredAnswer): ProblemName | undefined {
  if (typeof body !== "object" || body === null) return undefined;
  const type: unknown = Reflect.get(body, "type");
  return typeof type === "string" ? names.get(type) : undefined;
}

/** Answers with a problem that was stored. */
export function sendStored(c: Context<GatewayEnv>, { answer }: StoredProblem): Response {
  const { status, headers, body } = answer;
  c.set("problem", problemOf(answer));
  return c.newResponse(JSON.stringify(body), { status, headers });
}

/** What a request asks for. */
export interface Performing<Q, R> {
  readonly engine: Engine;
  readonly kind: Kind<Q, R>;
  /** Looks whether it can be done, and answers what to ask for. Not called where an earlier answer is repeated. */
  readonly prepare: () => Promise<Q>;
  /** Whether the request must have an Idempotency-Key. Default: it may have one. */
  readonly keyNeeded?: boolean;
}

/**
 * Performs what a request asks for. The answer's headers are set; its body is for the route to send.
 *
 * Throws {@link StoredProblem} where an earlier request with the same key ended in one.
 */
export async function performFor<Q, R>(
  c: Context<GatewayEnv>,
  { engine, kind, prepare, keyNeeded = false }: Performing<Q, R>,
): Promise<StoredAnswer> {
  const { answer, replayed } = await perform(engine, kind, {
    prepare,
    actor: c.var.actor.id,
    requestId: c.var.requestId,
    traceId: c.var.traceId,
    key: await keyOf(c, keyNeeded),
  });
  if (replayed) c.header("idempotency-replayed", "true");
  if (answer.status >= 400) throw new StoredProblem(answer);
  for (const [name, value] of Object.entries(answer.headers)) c.header(name, value);
  return answer;
}
