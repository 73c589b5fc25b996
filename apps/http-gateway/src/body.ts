import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { GatewayEnv } from "./environment.ts";
import { MAX_LIST_BYTES } from "./member-edits/limits.ts";
import { ProblemError } from "./problem.ts";

/** The largest body that is read: 1 MiB. */
const MAX_BODY_BYTES = 1024 * 1024;

/** The paths that take long lists of members. */
export const takesList = (path: string): boolean =>
  /^\/v1\/groups\/[^/]+\/(?:member-batches|members)$/.test(path);

const refuseLarge = (most: number) => (): never => {
  throw new ProblemError("too-large", { detail: `A body may hold at most ${most} bytes here.` });
};

const unannounced = (most: number): MiddlewareHandler<GatewayEnv> =>
  bodyLimit({ maxSize: most, onError: refuseLarge(most) });

const limitUnannounced = unannounced(MAX_BODY_BYTES);
const limitUnannouncedList = unannounced(MAX_LIST_BYTES);

/** Refuses a body over 1 MiB, or a list of members over 16 MiB, whether its length is announced or not. */
export const limitBody: MiddlewareHandler<GatewayEnv> = async function limitBody(c, next) {
  // To ask hono for a body costs as much as the rest of the way, so only those whose length nobody knows are asked for.
  if (c.req.method === "GET" || c.req.method === "HEAD") return next();
  const isList = takesList(c.req.path);
  const length = c.req.header("content-length");
  if (length === undefined || c.req.header("transfer-encoding") !== undefined) {
    return (isList ? limitUnannouncedList : limitUnannounced)(c, next);
  }
  const most = isList ? MAX_LIST_BYTES : MAX_BODY_BYTES;
  if (Number(length) > most) refuseLarge(most)();
  return next();
};

/** The text of bytes in UTF-8; undefined where they are none. */
function readUtf8(bytes: ArrayBuffer): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
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
    if (!mediaTypes.includes(type)) {
      const names = mediaTypes.join(" or ");
      throw new ProblemError("unsupported-media-type", {
        detail: `Content-Type must be ${names}, in UTF-8, not ${type === "" ? "missing" : JSON.stringify(type.slice(0, 80))}.`,
        headers: c.req.method === "PATCH" ? { "accept-patch": mediaTypes.join(", ") } : undefined,
      });
    }
    if (!readable) {
      throw new ProblemError("unsupported-media-type", {
        detail: `The charset of Content-Type must be utf-8, not ${JSON.stringify(charsets.join("; ").replaceAll("charset=", "").slice(0, 80))}: send the body in UTF-8, with that charset or none.`,
      });
    }
    const text = readUtf8(await c.req.arrayBuffer());
    if (text === undefined) throw new ProblemError("malformed", { detail: "The body is not valid UTF-8." });
    // Hono would decode it anew for everyone who asks. It keeps promises there, whatever its types say.
    Reflect.set(c.req.bodyCache, "text", Promise.resolve(text));
    await next();
  };
}
