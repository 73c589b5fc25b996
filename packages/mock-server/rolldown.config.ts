import { defineConfig } from "rolldown";
import { lazyBuiltins, neededNode, thirdPartyNotices } from "../../rolldown.shared.ts";
import packageJson from "./package.json" with { type: "json" };

// The bin needs nothing installed, and loads what only some requests need from files of its own; the library keeps
// hono and core as what its users installed.
export default defineConfig([
  {
    input: { index: "src/index.ts", vitest: "src/vitest.ts" },
    platform: "node",
    external: [/^hono/, /^@hono\//, /^@mesibo-groups\//, "vitest"],
    output: { dir: "dist", format: "esm", sourcemap: true, cleanDir: true },
  },
  {
    input: "src/cli.ts",
    platform: "node",
    plugins: [
      thirdPartyNotices(),
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
    output: {
      dir: "dist",
      format: "esm",
      intro: neededNode(packageJson),
      entryFileNames: "[name].js",
      chunkFileNames: "bin/[name]-[hash].js",
    },
  },
]);
