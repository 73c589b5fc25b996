import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { GatewayEnv } from "./environment.ts";
import { ProblemError } from "./problem.ts";

/** The largest body that is read: 1 MiB. */
export const MAX_BODY_BYTES = 1024 * 1024;

/** Refuses a body over 1 MiB, whether its length is announced or not. */
export const limitBody: MiddlewareHandler<GatewayEnv> = bodyLimit({
  maxSize: MAX_BODY_BYTES,
  onError: () => {
    throw new ProblemError("too-large", { detail: `A body may hold at most ${MAX_BODY_BYTES} bytes.` });
  },
});

function isUtf8(bytes: ArrayBuffer): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/**
 * Lets only bodies of these media types pass, in UTF-8.
 *
 * Read leniently, a stray byte would become U+FFFD and a group would get a name that nobody wrote.
 */
export function requireJson(...mediaTypes: readonly string[]): MiddlewareHandler<GatewayEnv> {
  return async function requireJson(c, next) {
    const [type = "", ...parameters] = (c.req.header("content-type") ?? "")
      .toLowerCase()
      .split(";")
      .map((part) => part.trim());
    const charsets = parameters.filter((parameter) => parameter.startsWith("charset="));
    const readable = charsets.every((charset) => /^charset="?utf-8"?$/.test(charset));
    if (!mediaTypes.includes(type) || !readable) {
      const names = mediaTypes.join(" or ");
      throw new ProblemError("unsupported-media-type", {
        detail: `Content-Type must be ${names}, in UTF-8, not ${type === "" ? "missing" : JSON.stringify(type.slice(0, 80))}.`,
        headers: c.req.method === "PATCH" ? { "accept-patch": mediaTypes.join(", ") } : undefined,
      });
    }
    if (!isUtf8(await c.req.arrayBuffer())) {
      throw new ProblemError("malformed", { detail: "The body is not valid UTF-8." });
    }
    await next();
  };
}
