import { createHash, timingSafeEqual } from "node:crypto";
import type { MiddlewareHandler } from "hono";
import type { GatewayEnv } from "./environment.ts";
import { ProblemError } from "./problem.ts";

const sha256 = (text: string): Buffer => createHash("sha256").update(text).digest();

/** Throws `TypeError` unless there is at least one key and all are 1 to 256 visible ASCII characters. */
function checkKeys(apiKeys: readonly string[]): void {
  if (apiKeys.length === 0) throw new TypeError("createGateway: apiKeys must hold at least one key.");
  // The value stays out of the message.
  if (!apiKeys.every((key) => /^[\u0021-\u007e]{1,256}$/.test(key))) {
    throw new TypeError("createGateway: every API key must be 1 to 256 visible ASCII characters.");
  }
}

function refuse(detail: string, challenge: string): never {
  throw new ProblemError("unauthenticated", { detail, headers: { "www-authenticate": challenge } });
}

/**
 * Lets only requests with a known API key pass. Keys are compared by hash and in constant time, all of them
 * each time, so that neither length nor position shows.
 */
export function requireKey(apiKeys: readonly string[]): MiddlewareHandler<GatewayEnv> {
  checkKeys(apiKeys);
  const known = apiKeys.map(sha256);

  return async function requireKey(c, next) {
    const given = /^Bearer +([\u0021-\u007e]+)$/i.exec(c.req.header("authorization") ?? "")?.[1];
    if (given === undefined) {
      refuse("Send the header Authorization: Bearer <key>.", 'Bearer realm="mesibo-gateway"');
    }
    const hash = sha256(given);
    let matches = 0;
    for (const key of known) matches += Number(timingSafeEqual(hash, key));
    if (matches === 0) {
      refuse("This API key is not known.", 'Bearer realm="mesibo-gateway", error="invalid_token"');
    }
    // Told in operations and in the audit: enough to know the key by, nothing to find it with.
    c.set("actor", { id: `env_${hash.toString("hex").slice(0, 12)}` });
    await next();
  };
}
