import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const src = new URL("../../src/", import.meta.url);
const read = (file: string): string => readFileSync(new URL(file, src), "utf8");
const files = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));

interface Ran {
  readonly where: string;
  readonly claims: number;
  readonly wrong: number;
  readonly error?: string;
}

/** What became of every example: run in another process, which no coverage counts. */
function runExamples(): readonly Ran[] {
  const script = fileURLToPath(new URL("../../../../scripts/examples.mjs", import.meta.url));
  const folder = fileURLToPath(new URL("../..", import.meta.url));
  const flags = ["--conditions=@mesibo-groups/source", "--disable-warning=ExperimentalWarning"];
  const lines = execFileSync(process.execPath, [...flags, script, folder], { encoding: "utf8" }).trim();
  return lines.split("\n").map((line) => JSON.parse(line) as Ran);
}

describe("every example in a docstring runs", () => {
  const examples = runExamples();

  it.each(examples)("$where", ({ where, claims, wrong, error }) => {
    expect({ where, wrong, error }).toEqual({ where, wrong: 0, error: undefined });
    expect(claims).toBeGreaterThan(0);
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

  it("has an example where it is more than a type", () => {
    const lacking = exported.filter(({ name, file }) => {
      const source = read(file);
      const found = declaration(name).exec(source);
      if (found === null) return true;
      if (found[2] === "interface" || found[2] === "type") return false;
      const docstring = source.slice(source.lastIndexOf("/**", found.index), found.index);
      return !docstring.includes("@example");
    });
    expect(lacking).toEqual([]);
  });
});
