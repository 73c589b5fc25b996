import { chmod } from "node:fs/promises";
import { defineConfig, type Plugin } from "rolldown";
import { lazyBuiltins, neededNode, thirdPartyNotices } from "../../rolldown.shared.ts";
import packageJson from "./package.json" with { type: "json" };

/** Ink imports React's developer tools when DEV is set; nobody debugs the bundle with them. */
const withoutDevtools: Plugin = {
  name: "without-devtools",
  resolveId: (id) => (id === "react-devtools-core" ? "\0devtools" : null),
  load: (id) => (id === "\0devtools" ? "export default { initialize() {}, connectToDevTools() {} };" : null),
};

const executable: Plugin = {
  name: "executable",
  writeBundle: async () => chmod("dist/cli.js", 0o755),
};

/** What is loaded together, the first that fits. */
const groups = [
  { name: "builtin", test: /^\0(?:builtin:|rolldown)/ },
  // Apart from the other texts: the pattern of all emoji in it takes as long to load as Node to start.
  {
    name: "width",
    test: /\/packages\/tui\/src\/text\/width\.ts|\/(?:get-east-asian-width|string-width|strip-ansi|ansi-regex)\//,
  },
  { name: "text", test: /\/packages\/tui\/src\/text\// },
  {
    name: "domain",
    test: /\/packages\/core\/src\/(?:domain\/|client\/(?:errors\/|(?:placeholder|retry|words)\.))/,
  },
  { name: "zod", test: /\/node_modules\/zod\// },
  { name: "client", test: /\/packages\/core\/src\// },
  {
    name: "base",
    test: /\/packages\/tui\/src\/(?:args|limits|placeholder|profile\/(?:errors|surroundings))\.ts/,
  },
  {
    name: "profile",
    test: /\/packages\/tui\/src\/(?:profile\/|kept\/(?!error|failure)|call\/op-class)|\/node_modules\/jsonc-parser\//,
  },
  {
    name: "command",
    test: /\/packages\/tui\/src\/(?:commands\/(?!connect|doctor|schema|simulate|target)[a-z-]+|kept\/(?:error|failure))\.ts/,
  },
];

// One entry and what it imports on demand: a command loads its own module, and Ink only a terminal.
export default defineConfig({
  input: { cli: "src/cli.ts" },
  platform: "node",
  // jsonc-parser's "main" hides its parts behind a wrapper that no bundler sees through.
  resolve: {
    mainFields: ["module", "main"],
    // From their sources, core and the mock fall apart into what a command needs of them; and zod is there once.
    conditionNames: ["@mesibo-groups/source", "import", "module", "node", "default"],
  },
  transform: { define: { "process.env.NODE_ENV": '"production"' } },
  plugins: [
    thirdPartyNotices(),
    withoutDevtools,
    lazyBuiltins([
      "child_process",
      "crypto",
      "fs/promises",
      "http",
      "http2",
      "https",
      "stream",
      "stream/consumers",
      "timers/promises",
      "util",
    ]),
    executable,
  ],
  output: {
    dir: "dist",
    format: "esm",
    intro: neededNode(packageJson),
    chunkFileNames: "[name].js",
    cleanDir: true,
    // Each file costs time too, so what is used together is one.
    codeSplitting: { includeDependenciesRecursively: false, groups },
  },
});
