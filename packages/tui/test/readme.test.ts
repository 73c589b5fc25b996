import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const urlOf = (path: string): URL => new URL(path, import.meta.url);

const pictures = readdirSync(urlOf("../pictures")).toSorted();

/** The pictures that a README shows; a text for those who do not see them is part of the pattern. */
function shown(readme: string, folder: string): readonly string[] {
  const text = readFileSync(urlOf(readme), "utf8");
  return [...text.matchAll(/!\[[^\]]{20,}\]\(([^)]+)\)/g)]
    .map(([, path = ""]) => path)
    .filter((path) => path.startsWith(folder))
    .map((path) => path.slice(folder.length));
}

// That a picture is the screen of today is what pictures.test.ts compares.
test("the READMEs show pictures that the tests draw, and every such picture is shown", () => {
  const root = shown("../../../README.md", "packages/tui/pictures/");
  const own = shown("../README.md", "pictures/");
  expect(root).toEqual(["overview.svg", "who.svg"]);
  expect([...new Set([...root, ...own])].toSorted()).toEqual(pictures);
});
