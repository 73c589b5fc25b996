import { defineConfig } from "vitest/config";

// What Stryker runs a few hundred times: the tests of the domain, with fewer random words. It imports nothing
// from outside the package, because Stryker runs it in a copy of the package alone.
export default defineConfig({
  test: { include: ["test/domain/**/*.test.ts"], isolate: false, env: { FLAG_WORDS: "1000" } },
});
