import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { nameOf, table } from "../src/commands/table.ts";

const dist = fileURLToPath(new URL("../dist/", import.meta.url));
const sourceOf = (file: string): string => readFileSync(`${dist}${file}`, "utf8");

const statics = /^(?:import|export)(?:[^;"(]*?from)?\s*"\.\/([^"]+)"/gm;
const dynamics = /import\("\.\/([^"]+)"\)/g;
const named = (pattern: RegExp, text: string): readonly string[] =>
  Array.from(text.matchAll(pattern), ([, file = ""]) => file);

/** The built files that are loaded with those given; `later` follows what is loaded on demand too. */
function loadedWith(entries: readonly string[], later = false): ReadonlySet<string> {
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    const source = sourceOf(file);
    for (const next of [...named(statics, source), ...(later ? named(dynamics, source) : [])]) visit(next);
  };
  for (const entry of entries) visit(entry);
  return seen;
}

/** What costs time to load, by a text that stands in it alone. */
const heavy = {
  ink: /react-reconciler|yoga|react\.transitional\.element/,
  zod: /\$ZodCheckMinLength/,
  client: /createClient: /,
  profiles: /XDG_CONFIG_HOME/,
  mock: /\/_mock\/worlds\/:token/,
  yaml: /tag:yaml\.org,2002/,
  csv: /CSV_QUOTE_NOT_CLOSED/,
} as const;

const heavyOf = (files: Iterable<string>): readonly string[] => {
  const sources = Array.from(files, sourceOf);
  return Object.entries(heavy).flatMap(([name, mark]) =>
    sources.some((text) => mark.test(text)) ? [name] : [],
  );
};

const [commandsEntry = ""] = named(/await import\("\.\/(run[^"]*)"\)/g, sourceOf("cli.js"));
const start = loadedWith(["cli.js", commandsEntry]);

/** The file of each command, by its name. */
function commandFiles(): ReadonlyMap<string, string> {
  const source = [...start].map(sourceOf).find((text) => text.includes('usage: "groups list"')) ?? "";
  const files = named(/load: async \(\) => \(await import\("\.\/([^"]+)"\)/g, source);
  return new Map(table.map((row, index) => [nameOf(row), files[index] ?? ""]));
}

test("a bare start and help load nothing heavy", () => {
  expect(heavyOf(loadedWith(["cli.js"]))).toEqual([]);
  expect(heavyOf(start)).toEqual([]);
});

test("a command loads its own module, and before it asks a server nothing more than this", () => {
  const loads = Object.fromEntries(
    [...commandFiles()].map(([name, file]) => [name, heavyOf(loadedWith([...start, file])).join(" ")]),
  );
  expect(loads).toMatchInlineSnapshot(`
    {
      "completion": "",
      "doctor": "zod client profiles",
      "flags build": "",
      "flags explain": "",
      "flags list": "",
      "flags parse": "",
      "gateway audit": "zod client profiles",
      "gateway keys": "zod client profiles",
      "groups apply": "",
      "groups clone": "",
      "groups create": "",
      "groups delete": "",
      "groups diff": "",
      "groups edit": "",
      "groups list": "",
      "groups plan": "",
      "groups show": "",
      "members add": "",
      "members export": "",
      "members import": "zod client csv",
      "members list": "",
      "members remove": "",
      "members set": "",
      "members sync": "zod client csv",
      "mock clock": "zod client profiles",
      "mock fault": "zod client profiles",
      "mock journal": "zod client profiles",
      "mock reset": "zod client profiles",
      "mock seed": "zod client profiles",
      "mock snapshot": "zod client profiles",
      "mock start": "",
      "ops list": "zod client profiles",
      "ops resolve": "zod client profiles",
      "ops show": "zod client profiles",
      "profile add": "zod client profiles",
      "profile list": "zod client profiles",
      "profile remove": "zod client profiles",
      "profile test": "zod client profiles",
      "profile use": "zod client profiles",
      "requests tail": "zod client profiles",
      "schema": "zod client profiles",
      "simulate": "",
    }
  `);
});

test("the way to a server loads no mock and no screen", () => {
  const [connect = ""] = [...start].flatMap((file) =>
    named(/import\("\.\/(connect[^"]*)"\)/g, sourceOf(file)),
  );
  expect(heavyOf(loadedWith([connect]))).toEqual(["zod", "client", "profiles"]);
});

test("no command and no conversation loads Ink or React, not even later", () => {
  const [conversation = ""] = named(/await import\("\.\/(open[^"]*)"\)/g, sourceOf("cli.js"));
  expect([...loadedWith([conversation])].map(sourceOf).join("")).toContain("as a conversation");
  expect(heavyOf(loadedWith([conversation], true))).not.toContain("ink");
  expect(heavyOf(loadedWith([commandsEntry], true))).not.toContain("ink");
});
