import { readdirSync, readFileSync } from "node:fs";
import type { Plugin } from "rolldown";

/**
 * Takes a built-in through `process.getBuiltinModule` when the program starts.
 *
 * `import "node:http"` builds a module facade that touches every lazy export (about 28 ms);
 * `process.getBuiltinModule` does not (about 2 ms).
 */
export function lazyBuiltins(names: readonly string[]): Plugin {
  const prefix = "\0builtin:";
  const wanted = new Set(names.flatMap((name) => [name, `node:${name}`]));

  return {
    name: "lazy-builtins",
    resolveId: (id) => (wanted.has(id) ? `${prefix}${id.replace(/^node:/, "")}.cjs` : null),
    load: (id) =>
      id.startsWith(prefix)
        ? `module.exports = process.getBuiltinModule(${JSON.stringify(`node:${id.slice(prefix.length, -4)}`)});`
        : null,
  };
}

/** What of a package says which Node it needs. */
interface Needing {
  readonly bin: Readonly<Record<string, string>>;
  readonly engines: { readonly node: string };
}

/** The first statement of a program: a Node that is too old is told so, where it would fail in the middle. */
export function neededNode({ bin, engines }: Needing): (chunk: { readonly isEntry: boolean }) => string {
  const least = engines.node.replace(">=", "");
  const [name = ""] = Object.keys(bin);
  const words = `${name} needs Node ${least} or later, and this is `;
  const statement = `if (process.versions.node.localeCompare("${least}", "en", { numeric: true }) < 0) {
  process.stderr.write(\`${words}\${process.versions.node}.\\n\`);
  process.exit(2);
}`;
  return ({ isEntry }) => (isEntry ? statement : "");
}

/** The folder of the package that a module was installed with. */
const installedIn = (id: string): string | undefined =>
  /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id.replaceAll("\\", "/"))?.[1];

function noticeOf(folder: string): string {
  const described: unknown = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const facts = new Map(Object.entries(Object(described)));
  const [name, version, license] = ["name", "version", "license"].map((one) => String(facts.get(one)));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file === undefined ? "" : `\n${readFileSync(`${folder}/${file}`, "utf8").trim()}\n`;
  return `${name} ${version}, ${license}\n${text}`;
}

/** Writes the names and licences of the packages that went into a bundle, as their licences ask for. */
export function thirdPartyNotices(): Plugin {
  return {
    name: "third-party-notices",
    generateBundle(_, bundle) {
      const modules = Object.values(bundle).flatMap((part) => (part.type === "chunk" ? part.moduleIds : []));
      const folders = new Set(modules.flatMap((id) => installedIn(id) ?? []));
      const source = [...folders]
        .map(noticeOf)
        .toSorted()
        .join(`\n${"-".repeat(80)}\n\n`);
      this.emitFile({ type: "asset", fileName: "THIRD-PARTY-NOTICES.txt", source });
    },
  };
}
