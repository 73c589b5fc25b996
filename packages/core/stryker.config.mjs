/**
 * Mutation tests of the part of core that decides who may do what. Every mutant must be found; one that no
 * test can find says why at its spot in the source.
 *
 * @type {import("@stryker-mutator/api/core").PartialStrykerOptions}
 */
// oxlint-disable-next-line import/no-default-export -- Stryker reads the default export
export default {
  mutate: [
    "src/domain/{flags,flag-changes,call-mode,flag-bits,flag-text,nearest,flag-explain,presets,permissions,effective,route}.ts",
  ],
  testRunner: "vitest",
  vitest: { configFile: "vitest.mutation.config.ts" },
  plugins: ["@stryker-mutator/vitest-runner"],
  // Each mutant runs only the tests that reach it.
  coverageAnalysis: "perTest",
  concurrency: 2,
  reporters: ["clear-text", "html"],
  clearTextReporter: { allowColor: false, reportTests: false, reportScoreTable: true },
  htmlReporter: { fileName: "reports/mutation.html" },
  tempDirName: ".stryker-tmp",
  // Without tsconfig.json in the copy Stryker leaves TypeScript alone: version 7 has no JavaScript API for it.
  ignorePatterns: ["dist", "coverage", "reports", "tsconfig*.json"],
  thresholds: { high: 100, low: 100, break: 100 },
  allowEmpty: false,
};
