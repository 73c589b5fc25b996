// node scripts/launch.mjs <package> <bin> [arguments]: builds what is stale, then runs the bin in this process.
// The package * is all of them.
//
// Not `turbo run build && node bin`: what turbo says would mix with what the bin writes on stdout, and a signal
// for the bin would have to pass through a shell.
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [name, bin, ...args] = process.argv.slice(2);

const built = spawnSync(
  "turbo",
  ["run", "build", `--filter=@mesibo-groups/${name}`, "--output-logs=errors-only"],
  {
    stdio: ["ignore", "pipe", "pipe"],
    encoding: "utf8",
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1" },
    shell: process.platform === "win32",
  },
);
if (built.status !== 0) {
  process.stderr.write(`The build of ${name} failed.\n${built.stdout ?? ""}${built.stderr ?? ""}`);
  process.stderr.write(built.error === undefined ? "" : `${built.error.message}\n`);
  process.exit(1);
}

const path = resolve(bin);
process.argv = [process.execPath, path, ...args];
await import(pathToFileURL(path).href);
