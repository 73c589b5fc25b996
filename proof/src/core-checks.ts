import { join } from "node:path";
import { rolldown } from "rolldown";
import { freePort } from "../../bench/port.ts";
import { equal, parsed, type Check, type Verdict } from "./check.ts";
import { openPage } from "./page.ts";
import { run } from "./run.ts";
import { findBrowser, runtimes, workerd } from "./runtimes.ts";
import { serve } from "./serve.ts";

/** Where core is installed, and the mock that it is to call. */
export interface Place {
  readonly folder: string;
  readonly url: string;
}

/** What groups.mjs answers, wherever it runs: each token is a world of its own, so the gids are the same. */
const expected = {
  gid: 102529,
  refused: ["members", "nobody"],
  words:
    "Only members with the send permission may send; only members with the receive permission receive; " +
    "messages are stored; the sender gets a copy.",
  ops: 12,
};

const inRuntimes = ({ folder, url }: Place): readonly Check[] =>
  runtimes.map(({ name, file, flags }) => ({
    name: `core on ${name}`,
    run: async () => {
      const args = [...flags, "main.mjs", url, name.replace(" ", "-")];
      const { ok, stdout, said } = await run({ file, args, cwd: folder, env: { DENO_NO_UPDATE_CHECK: "1" } });
      if (said.endsWith("ENOENT")) return { skipped: "it was not installed; see the first line" };
      return ok ? equal(parsed(stdout), expected) : { wrong: said };
    },
  }));

/** One file without imports, as bundlers for browsers and workers make it; a Node built-in would stay an import. */
async function bundle(folder: string, name: string): Promise<string> {
  const file = join(folder, `${name}.js`);
  const build = await rolldown({
    input: join(folder, `${name}.mjs`),
    platform: "browser",
    logLevel: "silent",
  });
  const { output } = await build.write({ file, format: "esm" });
  const imports = output.flatMap((chunk) => (chunk.type === "chunk" ? chunk.imports : []));
  if (imports.length > 0) throw new Error(`the bundle imports ${imports.join(", ")}`);
  return file;
}

async function inWorkerd({ folder, url }: Place): Promise<Verdict> {
  await bundle(folder, "worker");
  const port = await freePort();
  const args = ["serve", "worker.capnp", `--socket-addr=http=127.0.0.1:${port}`, "--control-fd=1"];
  const server = await serve({ file: workerd, args, cwd: folder });
  try {
    const asked = new URLSearchParams({ url, token: "workerd" });
    const answer = await fetch(`http://127.0.0.1:${port}/?${asked.toString()}`);
    return equal(parsed(await answer.text()), expected);
  } finally {
    await server.stop();
  }
}

async function inPage({ folder, url }: Place): Promise<Verdict> {
  const browser = findBrowser();
  if (browser === undefined)
    return { skipped: "no Chromium; install one (apt-get install chromium) or name it in CHROMIUM" };
  return equal(await openPage({ browser, script: await bundle(folder, "page"), url }), expected);
}

/** That core does its work in every runtime that it is for. */
export const coreChecks = (place: Place): readonly Check[] => [
  ...inRuntimes(place),
  {
    name: "core in workerd",
    run: () =>
      inWorkerd(place).catch((error: unknown) =>
        String(error).includes("ENOENT")
          ? { skipped: "it was not installed; see the first line" }
          : Promise.reject(error),
      ),
  },
  { name: "core in a page in Chromium", run: () => inPage(place) },
];
