import { readdirSync, readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { afterEach, describe, expect, it, vi } from "vitest";

const src = new URL("../../src/", import.meta.url);
const read = (file: string): string => readFileSync(new URL(file, src), "utf8");

const packages = new Map([
  ["@mesibo-groups/core", new URL("index.ts", src).href],
  ["@mesibo-groups/core/wire", new URL("wire/index.ts", src).href],
]);

interface Example {
  readonly where: string;
  readonly code: string;
}

/** The TypeScript blocks of a file's `@example` tags, as a reader would paste them. */
function examplesOf(file: string): readonly Example[] {
  const source = read(file);
  return [...source.matchAll(/@example\n([\s\S]*?)\*\//g)].flatMap(({ 1: text = "", index }) => {
    const line = source.slice(0, index).split("\n").length;
    const prose = text.replaceAll(/^ *\* ?/gm, "");
    return [...prose.matchAll(/```ts\n([\s\S]*?)```/g)].map(({ 1: code = "" }) => ({
      where: `${file}:${line}`,
      code,
    }));
  });
}

const files = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
const examples = files.flatMap(examplesOf);

/** Runs a block as a module of its own, with the package's imports led to the sources. */
async function run(code: string): Promise<void> {
  const linked = code.replaceAll(/from "(@mesibo-groups\/[^"]+)"/g, (whole, name: string) => {
    const target = packages.get(name);
    return target === undefined ? whole : `from "${target}"`;
  });
  const script = encodeURIComponent(stripTypeScriptTypes(linked));
  await import(/* @vite-ignore */ `data:text/javascript,${script}`);
}

describe("every example in a docstring runs", () => {
  afterEach(() => vi.restoreAllMocks());

  it.each(examples)("$where", async ({ code }) => {
    const assert = vi.spyOn(console, "assert").mockImplementation(() => {});
    await run(code);
    expect(assert.mock.calls.length).toBeGreaterThan(0);
    expect(assert.mock.calls.filter(([claim]) => claim !== true)).toEqual([]);
  });

  it("and there are as many as tags", () => {
    const tags = files.flatMap((file) => [...read(file).matchAll(/^ \* @example$/gm)]);
    expect(examples).toHaveLength(tags.length);
  });
});

describe("what the package exports", () => {
  /** The exported names of an index with the file that each comes from. */
  function exportsOf(index: string): readonly { readonly name: string; readonly file: string }[] {
    return [...read(index).matchAll(/export (?:type )?\{([^}]*)\} from "([^"]+)"/g)].flatMap(
      ({ 1: names = "", 2: path = "" }) =>
        names
          .split(",")
          .map((name) => name.replace(/^\s*type /, "").trim())
          .filter((name) => name !== "")
          .map((name) => ({ name, file: new URL(path, new URL(index, src)).href.slice(src.href.length) })),
    );
  }

  const exported = [...exportsOf("index.ts"), ...exportsOf("wire/index.ts")];

  const declaration = (name: string): RegExp =>
    new RegExp(`(\\*/\\n)?export (?:async )?(const|function|interface|type|class) ${name}\\b`);

  it("is declared once each and has a docstring", () => {
    const bare = exported.filter(({ name, file }) => declaration(name).exec(read(file))?.[1] === undefined);
    expect(bare).toEqual([]);
    expect(exported.length).toBeGreaterThan(100);
  });

  it("has an example where it is a function", () => {
    const lacking = exported.filter(({ name, file }) => {
      const source = read(file);
      const found = declaration(name).exec(source);
      if (found?.[2] !== "function") return false;
      const docstring = source.slice(source.lastIndexOf("/**", found.index), found.index);
      return !docstring.includes("@example");
    });
    expect(lacking).toEqual([]);
  });
});
