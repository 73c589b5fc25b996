import { chmodSync } from "node:fs";
import { defineConfig } from "rolldown";
import { lazyBuiltins, thirdPartyNotices } from "../../rolldown.shared.ts";

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
    ]),
    { name: "executable", writeBundle: () => chmodSync(bin, 0o755) },
  ],
  output: { file: bin, format: "esm", codeSplitting: false },
});
