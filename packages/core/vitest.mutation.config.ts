import { defineConfig } from "vitest/config";

// What Stryker runs a few hundred times: the tests of the domain, with few and always the same random values, so
// that a mutant found once is found in every run. It imports nothing from outside the package, because Stryker
// runs it in a copy of the package alone.
export default defineConfig({
  test: {
    include: ["test/domain/**/*.test.ts"],
    setupFiles: ["test/support/same-values.ts"],
    isolate: false,
    env: { FLAG_WORDS: "1000", FLAG_SEED: "20261123" },
  },
});
