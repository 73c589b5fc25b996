import { Hono, type Context } from "hono";
import { bodyLimit } from "hono/body-limit";
import { encodeRefusal, type Generation } from "@mesibo-groups/core/wire";
import { answer } from "./answer.ts";
import { refuse } from "./engine/refusals.ts";
import type { Worlds } from "./worlds.ts";

/** The largest body that is read: 1 MiB. */
export const MAX_BODY_BYTES = 1024 * 1024;

/** Where mesibo answers, and with which generation of answers. */
export const emulatedPaths = {
  "/api.php": "v1",
  "/backend": "v2",
  "/backend/": "v2",
  // mesibo: the on-premise API program is exposed here (OPgit).
  "/mesiboapi": "v2",
} as const satisfies Record<string, Generation>;

/** Reads a body that the web's own `Request` forbids: that of a GET. */
export type ReadHiddenBody = (context: Context) => Promise<string | undefined>;

/** What the HTTP face of a mock needs. */
export interface AppOptions {
  readonly worlds: Worlds;
  /** Unix seconds. */
  readonly now: () => number;
  readonly readHiddenBody?: ReadHiddenBody | undefined;
}

const queryOf = (url: string): string => {
  const start = url.indexOf("?");
  return start === -1 ? "" : url.slice(start + 1).replace(/#.*$/, "");
};

/** The HTTP face of a mock: every emulated path, any method, HTTP status 200 whatever the answer. */
export function createApp({ worlds, now, readHiddenBody }: AppOptions): Hono {
  const app = new Hono();
  const tooLarge = (context: Context): Response =>
    context.json(encodeRefusal({ op: context.req.query("op") ?? "", refusal: refuse("size", []) }));
  const limit = bodyLimit({ maxSize: MAX_BODY_BYTES, onError: tooLarge });

  for (const [path, generation] of Object.entries(emulatedPaths)) {
    app.all(path, limit, async (context) => {
      const { req } = context;
      const bodyless = req.method === "GET" || req.method === "HEAD";
      const body = bodyless ? await readHiddenBody?.(context) : await req.text();
      if (body === undefined && readHiddenBody !== undefined && bodyless) return tooLarge(context);
      const contentType = req.header("content-type") ?? "";
      const raw = { query: queryOf(req.url), contentType, body: body ?? "" };
      return context.json(answer(worlds, { raw, generation, now: now() }));
    });
  }

  app.notFound((context) =>
    context.json(
      {
        error: "not_found",
        message: `A mesibo mock answers on ${Object.keys(emulatedPaths).join(", ")}, not on ${context.req.path.slice(0, 200)}.`,
      },
      404,
    ),
  );
  return app;
}
