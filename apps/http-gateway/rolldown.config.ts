import { chmodSync } from "node:fs";
import { defineConfig } from "rolldown";
import { lazyBuiltins, neededNode, thirdPartyNotices } from "../../rolldown.shared.ts";
import packageJson from "./package.json" with { type: "json" };

const bin = "dist/cli.js";

// One file without dependencies: a gateway is deployed, not embedded.
export default defineConfig({
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
      "fs",
      "sqlite",
    ]),
    { name: "executable", writeBundle: () => chmodSync(bin, 0o755) },
  ],
  output: { file: bin, format: "esm", intro: neededNode(packageJson), codeSplitting: false },
});
