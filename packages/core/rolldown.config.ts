import { defineConfig } from "rolldown";
import { thirdPartyNotices } from "../../rolldown.shared.ts";

// zod is bundled: unbundled it costs 50 ms and more of start-up, tree-shaken 3 ms.
export default defineConfig({
  input: { index: "src/index.ts", "wire/index": "src/wire/index.ts" },
  platform: "neutral",
  plugins: [thirdPartyNotices()],
  output: { dir: "dist", format: "esm", sourcemap: true, cleanDir: true },
});
