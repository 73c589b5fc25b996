import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { commands } from "../src/commands.ts";
import { configTable, variableNames } from "../src/config-table.ts";

const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");

/** The cells of every table row, without the padding. */
const rows = readme
  .split("\n")
  .filter((line) => line.startsWith("| "))
  .map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

test("the README's table of variables is the one in the code", () => {
  const listed = rows.filter(([name = ""]) => /^`[A-Z][A-Z_]+`$/.test(name));
  const written = variableNames.map((name) => {
    const { fallback, meaning } = configTable[name];
    return [
      `\`${name}\``,
      /^[\w:/.-]*[\d:/.][\w:/.-]*$|^json$/.test(fallback) ? `\`${fallback}\`` : fallback,
      meaning,
    ];
  });
  expect(listed).toEqual(written);
});

test("the README's table of commands is the one in the code", () => {
  const listed = rows.filter(([name = ""]) => name.startsWith("`mesibo-gateway "));
  const written = Object.entries(commands).map(([name, { summary }]) => [
    `\`mesibo-gateway ${name}\``,
    summary,
  ]);
  expect(listed).toEqual(written);
});
