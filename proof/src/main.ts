// `pnpm proof`: packs the built packages, installs the tarballs into empty projects, and uses them in every runtime
// that they are for. The runtimes come from a lockfile of their own, which nothing else installs.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { binChecks } from "./bin-checks.ts";
import { equal, make, parsed, type Check } from "./check.ts";
import { compile } from "./compile.ts";
import { coreChecks } from "./core-checks.ts";
import { packAll } from "./pack.ts";
import { install } from "./project.ts";
import { compilers, installRuntimes } from "./runtimes.ts";
import { serve } from "./serve.ts";

const typeChecks = (folder: string): readonly Check[] =>
  Object.entries(compilers).map(([name, typescript]) => ({
    name: `types with ${name}`,
    run: async () => equal(await compile({ typescript, folder }), { nodenext: "", bundler: "" }),
  }));

const here = await mkdtemp(join(tmpdir(), "mesibo-proof-"));
try {
  const failure = await installRuntimes();
  if (failure !== undefined) process.stdout.write(`The runtimes could not all be installed: ${failure}\n`);
  const packed = await packAll(here);
  const core = packed.filter(({ name }) => name.endsWith("/core"));
  const alone = join(here, "core-alone");
  const all = join(here, "all");
  await install(
    alone,
    core.map(({ tarball }) => tarball),
  );
  await install(
    all,
    packed.map(({ tarball }) => tarball),
  );
  const mock = await serve({
    file: process.execPath,
    args: [join(all, "node_modules", ".bin", "mesibo-mock"), "--port", "0", "--json"],
    cwd: all,
  });
  try {
    const started = parsed(mock.line);
    const url =
      typeof started === "object" && started !== null && "url" in started ? String(started.url) : "";
    const checks = [...coreChecks({ folder: alone, url }), ...binChecks(all), ...typeChecks(all)];
    process.exitCode = (await make(checks)) === 0 ? 0 : 1;
  } finally {
    await mock.stop();
  }
} finally {
  await rm(here, { recursive: true, force: true });
}
