import { Hono } from "hono";
import { consolePaths, lazyConsole } from "./console/lazy.ts";
import { createControl, CONTROL_PATH, type ControlOptions } from "./control/app.ts";
import { identify } from "./control/identify.ts";
import { createKnownMask } from "./known-tokens.ts";
import { emulatedPaths } from "./paths.ts";

/** How the web face of a mock is made. */
export interface WebOptions extends ControlOptions {
  /** Whether there is a control API with its console. */
  readonly control: boolean;
}

/** Every path of a mock that is not mesibo's: the control API, the console, and a hint for the rest. */
export function createWeb({ control, ...options }: WebOptions): Hono {
  const app = new Hono();
  if (control) {
    const pages = lazyConsole(options);
    const identified = identify(options.instance);
    for (const path of consolePaths) app.all(path, identified, ({ req }) => pages(req.raw));
    app.mount(CONTROL_PATH, createControl(options).fetch, { replaceRequest: false });
  }
  app.notFound(({ req, json }) => {
    const known = [...emulatedPaths.keys(), ...(control ? [`${CONTROL_PATH}/`] : [])].join(", ");
    const message = `A mesibo mock answers on ${known}, not on ${createKnownMask(options.worlds)(req.path).slice(0, 200)}.`;
    return json({ error: "not_found", message }, 404);
  });
  return app;
}
