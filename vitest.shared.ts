import { defineConfig, type ViteUserConfig } from "vitest/config";

/** Resolve workspace packages to their TypeScript sources, so that a test never needs a build of another package. */
const conditions = ["@mesibo-groups/source"];

export const shared: ViteUserConfig = defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: { include: ["test/**/*.test.{ts,tsx}"], env: { FORCE_COLOR: "0" } },
});
