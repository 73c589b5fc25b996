// node --conditions=@mesibo-groups/source scripts/examples.mjs <package folder>
//
// Runs every @example block in a package's sources as a reader would paste it, and prints one line of JSON for
// each: where it stands, how many claims (console.assert) it makes and which of them are false. In a process of
// its own, so that no test's coverage counts what an example runs.
import { readdirSync, readFileSync } from "node:fs";
import { createRequire, stripTypeScriptTypes } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const folder = resolve(process.argv[2] ?? ".");
const { resolve: find } = createRequire(join(folder, "package.json"));

function blocksOf(file) {
  const source = readFileSync(join(folder, "src", file), "utf8");
  return [...source.matchAll(/@example\n([\s\S]*?)\*\//g)].flatMap(({ 1: text, index }) => {
    const where = `${file}:${source.slice(0, index).split("\n").length}`;
    const prose = text.replaceAll(/^ *\* ?/gm, "");
    return [...prose.matchAll(/```ts\n([\s\S]*?)```/g)].map(({ 1: code }) => ({ where, code }));
  });
}

async function run({ where, code }) {
  const claims = [];
  console.assert = (claim) => claims.push(claim);
  const linked = code.replaceAll(
    /from "(@mesibo-groups\/[^"]+)"/g,
    (_, name) => `from "${pathToFileURL(find(name)).href}"`,
  );
  try {
    await import(`data:text/javascript,${encodeURIComponent(stripTypeScriptTypes(linked))}`);
    return { where, claims: claims.length, wrong: claims.filter((claim) => claim !== true).length };
  } catch (error) {
    return { where, claims: claims.length, wrong: claims.length, error: String(error) };
  }
}

const files = readdirSync(join(folder, "src"), { recursive: true, encoding: "utf8" }).filter((file) =>
  /\.tsx?$/.test(file),
);
for (const block of files.toSorted().flatMap(blocksOf)) {
  process.stdout.write(`${JSON.stringify(await run(block))}\n`);
}
