import { chmod } from "node:fs/promises";
import { defineConfig, type Plugin } from "rolldown";
import { lazyBuiltins } from "../../rolldown.shared.ts";

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

// One entry and what it imports on demand: Ink is a chunk of its own, loaded only when a terminal is there.
export default defineConfig({
  input: { cli: "src/cli.ts" },
  platform: "node",
  // jsonc-parser's "main" hides its parts behind a wrapper that no bundler sees through.
  resolve: { mainFields: ["module", "main"] },
  transform: { define: { "process.env.NODE_ENV": '"production"' } },
  plugins: [withoutDevtools, lazyBuiltins(["http", "http2", "https", "stream", "util"]), executable],
  output: { dir: "dist", format: "esm", chunkFileNames: "[name].js", cleanDir: true },
});
