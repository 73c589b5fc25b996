import { afterEach, beforeEach, vi } from "vitest";
import { openApp, type OpenOptions, type TestApp } from "./app.ts";

/** Opens an application for frames, one a test: the clock stands still at 13:05:22, and the end closes it. */
export function framedApp(): (options: OpenOptions) => Promise<TestApp> {
  let app: TestApp | undefined;

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["Date", "performance"], now: Date.UTC(2026, 10, 23, 13, 5, 22) });
  });
  afterEach(async () => {
    await app?.close();
    app = undefined;
    vi.useRealTimers();
  });
  return async (options) => (app = await openApp(options));
}
