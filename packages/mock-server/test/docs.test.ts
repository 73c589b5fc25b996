import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { fidelityList } from "./readme/fidelity.ts";

test("every example in a docstring runs, and claims something that is true", () => {
  const script = fileURLToPath(new URL("../../../scripts/examples.mjs", import.meta.url));
  const folder = fileURLToPath(new URL("..", import.meta.url));
  const flags = ["--conditions=@mesibo-groups/source", "--disable-warning=ExperimentalWarning"];
  const lines = execFileSync(process.execPath, [...flags, script, folder], { encoding: "utf8" })
    .trim()
    .split("\n");
  const examples = lines.map((line) => JSON.parse(line) as { readonly where: string });
  expect(examples).toEqual(examples.map(({ where }) => ({ where, claims: 1, wrong: 0 })));
  expect(examples.length).toBeGreaterThanOrEqual(4);
});

test.each([
  ["../../../README.md", "new-group"],
  ["../README.md", "stranger"],
  ["../README.md", "fixture"],
])("the test in %s is the one that runs here", (readme, name) => {
  const read = (path: string): string => readFileSync(new URL(path, import.meta.url), "utf8");
  expect(read(readme)).toContain(read(`readme/${name}.test.ts`));
});

test("the readme's list of what is emulated is that of the fidelity table", () => {
  const file = new URL("../README.md", import.meta.url);
  const [before = "", after = ""] = readFileSync(file, "utf8").split(
    /(?<=<!-- fidelity: [^>]*-->\n\n)[\s\S]*(?=<!-- \/fidelity -->)/,
  );
  const wanted = `${before}${fidelityList()}\n\n${after}`;
  if (process.env["MESIBO_WRITE_README"] === "1") writeFileSync(file, wanted);
  expect(readFileSync(file, "utf8")).toBe(wanted);
});
