import { defineProject, mergeConfig } from "vitest/config";
import { shared } from "../vitest.shared.ts";

export default mergeConfig(
  { ...shared, test: { ...shared.test, include: [] } },
  defineProject({ test: { name: "examples", include: ["*.test.ts", "*/*.test.ts"] } }),
);
