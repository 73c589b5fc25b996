import { defineConfig } from "rolldown";
import { lazyBuiltins } from "../../rolldown.shared.ts";

// The bin is one file without dependencies; the library keeps hono and core as what its users installed.
export default defineConfig([
  {
    input: "src/index.ts",
    platform: "node",
    external: [/^hono/, /^@hono\//, /^@mesibo-groups\//],
    output: { dir: "dist", format: "esm", sourcemap: true, cleanDir: true },
  },
  {
    input: "src/cli.ts",
    platform: "node",
    plugins: [
      lazyBuiltins([
        "http",
        "http2",
        "https",
        "stream",
        "stream/promises",
        "util",
        "net",
        "crypto",
        "buffer",
        "events",
      ]),
    ],
    output: { file: "dist/cli.js", format: "esm", codeSplitting: false },
  },
]);
