// node scripts/api-reference.mjs [--check]: writes docs/api from the contents pages, docstrings and built types.
//
// Not TypeDoc: it needs a compiler API that TypeScript 7 does not have. What is read here is plain: an index is a
// list of names below headings, and a built .d.ts holds each declaration with its docstring and nothing else.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

const pages = [
  { name: "core", title: "@mesibo-groups/core", index: "packages/core/src/index.ts" },
  { name: "core-wire", title: "@mesibo-groups/core/wire", index: "packages/core/src/wire/index.ts" },
  { name: "mock-server", title: "@mesibo-groups/mock-server", index: "packages/mock-server/src/index.ts" },
  {
    name: "mock-server-vitest",
    title: "@mesibo-groups/mock-server/vitest",
    index: "packages/mock-server/src/vitest.ts",
  },
];

const read = (path) => readFileSync(join(root, path), "utf8");
const built = (source) => source.replace("/src/", "/dist/").replace(/\.ts$/, ".d.ts");

/** The sections of a contents page: a heading, and what is exported below it with the file that it comes from. */
function contents(index) {
  const sections = [{ heading: "", exported: [] }];
  const found = /^\/\/ (.+)$|export (?:type )?\{([^}]*)\} from "([^"]+)"/gm;
  for (const [, heading, names, path] of read(index).matchAll(found)) {
    if (heading !== undefined) sections.push({ heading, exported: [] });
    else {
      const file = relative(root, join(root, dirname(index), path));
      const listed = names.split(",").map((name) => name.replace(/^\s*type /, "").trim());
      sections.at(-1).exported.push(...listed.filter((name) => name !== "").map((name) => ({ name, file })));
    }
  }
  const some = sections.filter(({ exported }) => exported.length > 0);
  return some.length > 0 ? some : [{ heading: "", exported: declared(index) }];
}

/** What a file that is its own contents page exports. */
const declared = (file) =>
  [...read(built(file)).matchAll(/^export (?:declare )?(?:const|function|class|interface|type) (\w+)/gm)].map(
    ([, name]) => ({ name, file }),
  );

/** A declaration as the compiler wrote it, and the docstring above it. */
function declaration({ name, file }) {
  const text = read(built(file));
  const start = new RegExp(
    `^export (?:declare )?(?:const|function|(?:abstract )?class|interface|type) ${name}\\b`,
    "m",
  ).exec(text);
  if (start === null) throw new Error(`${built(file)} does not declare ${name}`);
  const rest = text.slice(start.index);
  const end = /\n(?=\/\*\*|export |declare |import |\/\/#)/.exec(rest);
  const before = text.slice(0, start.index).trimEnd();
  const doc = before.endsWith("*/") ? before.slice(before.lastIndexOf("/**") + 3, -2) : "";
  return {
    code: rest
      .slice(0, end?.index)
      .trim()
      .replace(/^export (declare )?/, ""),
    doc: doc
      .split("\n")
      .map((line) => line.replace(/^\s*\* ?/, ""))
      .join("\n")
      .trim(),
  };
}

const SHOWN_LINES = 24;

/** A long table's type is its whole content: its beginning tells enough. */
const shortened = (code) => {
  const lines = code.split("\n");
  if (!code.startsWith("const ") || lines.length <= SHOWN_LINES) return code;
  return [...lines.slice(0, SHOWN_LINES), `    // and ${lines.length - SHOWN_LINES} lines more`, "};"].join(
    "\n",
  );
};

const anchor = (name) => `#${name.toLowerCase()}`;

/** A docstring as Markdown: links to what is on the page, parameters as a list. */
function prose(doc, known) {
  const link = (_, name) => (known.has(name) ? `[\`${name}\`](${anchor(name)})` : `\`${name}\``);
  const [words = "", ...examples] = doc.split(/^@example\n/m);
  return {
    words: words
      .trim()
      .replaceAll(/\{@link (\w+)\}/g, link)
      .replaceAll(/\{@link ([\w.]+)\}/g, "`$1`")
      .replaceAll(/^@param (\w+) - /gm, "- `$1`: "),
    examples: examples.map((example) => example.trim()),
  };
}

function pageOf({ title, index }) {
  const sections = contents(index);
  const known = new Set(sections.flatMap(({ exported }) => exported.map(({ name }) => name)));
  const lines = [
    `# ${title}`,
    "<!-- written by `pnpm reference` from the docstrings; every example is run by the test command -->",
  ];
  for (const { heading, exported } of sections) {
    if (heading !== "") lines.push(`## ${heading}`);
    for (const each of exported) {
      const { code, doc } = declaration(each);
      const { words, examples } = prose(doc, known);
      lines.push(`### ${each.name}`, words, `\`\`\`ts\n${shortened(code)}\n\`\`\``);
      if (examples.length > 0) lines.push("Example:", ...examples);
    }
  }
  return `${lines.join("\n\n")}\n`;
}

const check = process.argv.includes("--check");
const stale = [];
for (const page of pages) {
  const file = join(root, "docs", "api", `${page.name}.md`);
  const text = pageOf(page);
  if (!check) writeFileSync(file, text);
  else if (readFileSync(file, "utf8") !== text) stale.push(relative(root, file));
}
if (stale.length > 0) {
  process.stderr.write(`${stale.join(", ")}: not what the docstrings say. Run: npx -y pnpm@12 reference\n`);
  process.exitCode = 1;
}
