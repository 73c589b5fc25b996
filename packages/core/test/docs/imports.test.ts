import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const root = new URL("../../", import.meta.url);

function importsOf(folder: string, ending: string): readonly string[] {
  const base = new URL(`${folder}/`, root);
  const files = readdirSync(base, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(ending),
  );
  expect(files.length).toBeGreaterThan(1);
  const found = files.flatMap((file) => {
    const code = readFileSync(new URL(file, base), "utf8").replaceAll(/\/\*[\s\S]*?\*\//g, "");
    return [...code.matchAll(/^(?:import|export)\b[^;"=]*\bfrom "([^"]+)"|\bimport\("([^"]+)"\)/gm)].map(
      ([, name, loaded = ""]) => name ?? loaded,
    );
  });
  return [...new Set(found)].filter((name) => !name.startsWith("."));
}

test("core's sources import zod/mini and nothing else", () => {
  expect(importsOf("src", ".ts")).toEqual(["zod/mini"]);
});

test("core as it is shipped imports nothing at all", () => {
  expect(existsSync(new URL("dist/index.js", root)), "dist is missing: run the build first").toBe(true);
  expect(importsOf("dist", ".js")).toEqual([]);
});
