import { defineProject, mergeConfig } from "vitest/config";
import { shared } from "../../vitest.shared.ts";

export default mergeConfig(
  shared,
  // Frames show local times. Ink wraps the console, and cannot wrap vitest's own.
  defineProject({ test: { name: "tui", env: { TZ: "UTC" }, disableConsoleIntercept: true } }),
);
