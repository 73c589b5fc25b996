import type { ControlOptions } from "../control/app.ts";
import type { WebFetch } from "../fetch.ts";
import { lazily } from "../lazily.ts";

/** The paths of the console; every other one below `/_mock` is the control API's. */
export const consolePaths = [
  "/_mock",
  "/_mock/",
  "/_mock/console",
  "/_mock/console.css",
  "/_mock/console.js",
  "/_mock/console/*",
];

/** The console of a mock, loaded when somebody first looks at it: tests that never do should not wait for it. */
export const lazyConsole = (options: ControlOptions): WebFetch =>
  lazily(async () => {
    const { createConsole } = await import("./app.tsx");
    const pages = createConsole(options);
    return async (request) => pages.fetch(request);
  });
