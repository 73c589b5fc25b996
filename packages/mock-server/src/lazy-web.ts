import type { WebFetch } from "./fetch.ts";
import { lazily } from "./lazily.ts";
import type { WebOptions } from "./web.ts";

/** The web face of a mock, loaded when the first path that is not mesibo's is asked for. */
export const lazyWeb = (options: WebOptions): WebFetch =>
  lazily(async () => {
    const { createWeb } = await import("./web.ts");
    const web = createWeb(options);
    return async (request) => web.fetch(request);
  });
