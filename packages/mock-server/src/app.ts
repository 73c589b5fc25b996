import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { answer, defect, tooLarge } from "./answer.ts";
import { emulatedPaths, MAX_BODY_BYTES, splitTarget } from "./paths.ts";
import type { Worlds } from "./worlds.ts";

/** The web face of a mock: every emulated path, any method, HTTP status 200 whatever the answer. */
export function createApp(worlds: Worlds): Hono {
  const app = new Hono();
  const limit = bodyLimit({
    maxSize: MAX_BODY_BYTES,
    onError: ({ req, json }) => json(tooLarge(splitTarget(req.url).query)),
  });

  for (const [path, generation] of emulatedPaths) {
    app.all(path, limit, async ({ req, json }) => {
      const { query } = splitTarget(req.url);
      const raw = { query, contentType: req.header("content-type") ?? "", body: await req.text() };
      return json(answer(worlds, { raw, generation }));
    });
  }

  app.onError((_, { req, json }) => json(defect(splitTarget(req.url).query), 500));
  app.notFound(({ req, json }) => {
    const known = [...emulatedPaths.keys()].join(", ");
    const message = `A mesibo mock answers on ${known}, not on ${req.path.slice(0, 200)}.`;
    return json({ error: "not_found", message }, 404);
  });
  return app;
}
