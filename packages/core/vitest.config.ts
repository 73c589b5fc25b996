import { defineConfig, mergeConfig } from "vitest/config";
import { shared } from "../../vitest.shared.ts";

export default mergeConfig(
  shared,
  defineConfig({
    test: {
      name: "core",
      coverage: {
        provider: "v8",
        include: ["src/**/*.ts"],
        reporter: ["text-summary", "html"],
        thresholds: { branches: 100 },
      },
    },
  }),
);
