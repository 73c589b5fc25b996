import { createHash, timingSafeEqual } from "node:crypto";
import type { MiddlewareHandler } from "hono";
import type { Actor, GatewayEnv } from "./environment.ts";
import type { KeyRing } from "./keys/ring.ts";
import type { ApiKey } from "./keys/rows.ts";
import { scopes } from "./keys/scopes.ts";
import { ProblemError } from "./problem.ts";
import type { FailedLogin } from "./rate/failed-logins.ts";

const sha256 = (text: string): Buffer => createHash("sha256").update(text).digest();

/** Throws `TypeError` unless all keys are 1 to 256 visible ASCII characters. */
function checkKeys(apiKeys: readonly string[]): void {
  // The value stays out of the message.
  if (!apiKeys.every((key) => /^[\u0021-\u007e]{1,256}$/.test(key))) {
    throw new TypeError("createGateway: every API key must be 1 to 256 visible ASCII characters.");
  }
}

const refusal = (detail: string, challenge: string): ProblemError =>
  new ProblemError("unauthenticated", { detail, headers: { "www-authenticate": challenge } });

/** Finds the key of the environment that a request carries: it may do everything. */
function createFixedKeys(apiKeys: readonly string[]): (given: string) => Actor | undefined {
  checkKeys(apiKeys);
  const known = apiKeys.map(sha256);
  if (known.length === 0) return () => undefined;
  const all = new Set(scopes);
  return (given) => {
    const hash = sha256(given);
    let matches = 0;
    for (const key of known) matches += Number(timingSafeEqual(hash, key));
    // Told in operations and in the audit: enough to know the key by, nothing to find it with.
    const id = `env_${hash.toString("hex").slice(0, 12)}`;
    return matches === 0 ? undefined : { id, scopes: all, groups: undefined };
  };
}

/** Whom to let in. */
export interface Door {
  /** The keys of the environment. */
  readonly apiKeys: readonly string[];
  /** The keys in the store. */
  readonly ring: KeyRing;
  /** Who has none. */
  readonly failed: FailedLogin;
}

/**
 * Lets only requests with a known API key pass. Keys are compared by hash and in constant time, all of them
 * each time, so that neither length nor position shows.
 */
export function requireKey({ apiKeys, ring, failed }: Door): MiddlewareHandler<GatewayEnv> {
  const fixed = createFixedKeys(apiKeys);
  // The ring hands out the same object for as long as it believes a key.
  const actors = new WeakMap<ApiKey, Actor>();

  return async function requireKey(c, next) {
    const given = /^Bearer +([\u0021-\u007e]+)$/i.exec(c.req.header("authorization") ?? "")?.[1];
    if (given === undefined) {
      const refused = refusal(
        "Send the header Authorization: Bearer <key>.",
        'Bearer realm="mesibo-gateway"',
      );
      throw (await failed(c.env?.source)) ?? refused;
    }
    const find = async (): Promise<Actor | undefined> => fixed(given) ?? fromRing(given);
    const actor = await find();
    if (actor === undefined) {
      const challenge = 'Bearer realm="mesibo-gateway", error="invalid_token"';
      throw (await failed(c.env?.source)) ?? refusal("This API key is not known.", challenge);
    }
    c.set("actor", actor);
    c.set("isStillKnown", async () => (await find()) !== undefined);
    await next();
  };

  async function fromRing(given: string): Promise<Actor | undefined> {
    const key = await ring(given);
    if (key === undefined) return undefined;
    const known = actors.get(key);
    if (known !== undefined) return known;
    const actor = { id: key.id, scopes: new Set(key.scopes), groups: key.groups };
    actors.set(key, actor);
    return actor;
  }
}
