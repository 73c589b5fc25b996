import { defineConfig, type ViteUserConfig } from "vitest/config";

/** Resolve workspace packages to their TypeScript sources, so that a test never needs a build of another package. */
const conditions = ["@mesibo-groups/source"];

export const shared: ViteUserConfig = defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  // A guard against hanging, not a claim about speed: two cores may be shared with three other suites.
  test: { include: ["test/**/*.test.{ts,tsx}"], env: { FORCE_COLOR: "0" }, testTimeout: 30_000 },
});
