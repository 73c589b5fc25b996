import { defineConfig, mergeConfig } from "vitest/config";
import { shared } from "../../../../vitest.shared.ts";

// For a file whose tests fail on purpose, and which no other run may find.
export default mergeConfig(
  { ...shared, test: { ...shared.test, include: [] } },
  defineConfig({ test: { include: ["test/vitest/failed.ts"] } }),
);
