import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { bindings } from "../src/keys/keys.ts";
import { fixedActions } from "../src/keys/remap.ts";
import { exits } from "../src/commands/exits.ts";
import { synopsis } from "../src/commands/reading.ts";
import { loadCommands, table } from "../src/commands/table.ts";
import { readGroupsFile } from "../src/commands/plan/groups-file.ts";
import { configSchema } from "../src/profile/schema.ts";

const commands = await loadCommands();

const urlOf = (path: string): URL => new URL(path, import.meta.url);

const read = (path: string): string => readFileSync(urlOf(path), "utf8");

const pictures = readdirSync(urlOf("../pictures")).toSorted();

/** The pictures that a README shows; a text for those who do not see them is part of the pattern. */
function shown(readme: string, folder: string): readonly string[] {
  return [...read(readme).matchAll(/!\[[^\]]{20,}\]\(([^)]+)\)/g)]
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

const cells = (line: string): readonly string[] =>
  line
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());

/** The rows of the README's table whose header begins so. */
function rowsBelow(header: string): readonly string[] {
  const lines = read("../README.md").split("\n");
  const at = lines.findIndex((line) => line.startsWith("|") && cells(line).join(" | ") === header);
  const rows = lines.slice(at + 2);
  return rows.slice(0, rows.indexOf("")).map((line) => cells(line).join(" | "));
}

test("the README names every command and every exit code in the words of --help", () => {
  expect(rowsBelow("command | does")).toEqual(
    commands.map(({ name, args, about }) => `\`${`${name} ${synopsis(args)}`.trim()}\` | ${about}`),
  );
  // The table says the arguments once more, so that help need not load every command.
  expect(table.map(({ usage }) => usage)).toEqual(
    commands.map(({ name, args }) => `${name} ${synopsis(args)}`.trim()),
  );
  expect(rowsBelow("exit | means")).toEqual(
    Object.values(exits).map(({ code, meaning }) => `${code} | ${meaning}`),
  );
});

test("the README names every action that can have other keys (vitest run test/readme.test.ts --update writes it)", async () => {
  const names = [...new Set(bindings.map(({ action }) => action))].filter(
    (action) => !fixedActions.has(action),
  );
  const list = `\n${names.map((name) => `\`${name}\``).join(" ")}.\n\n`;
  const path = fileURLToPath(urlOf("../README.md"));
  const readme = read("../README.md");
  await expect(
    readme.replace(/(<!-- actions[^>]*-->\n)[^]*(?=<!-- \/actions)/, `$1${list}`),
  ).toMatchFileSnapshot(path);
});

test("the groups file of the README can be read", async () => {
  const [, yaml = ""] = /```yaml\n([^`]+)```/.exec(read("../README.md")) ?? [];
  const [news] = await readGroupsFile(yaml);
  expect({ name: news?.name, members: news?.members?.map(({ address }) => address) }).toEqual({
    name: "News",
    members: ["alice@example.com", "+15550100"],
  });
});

test("the config.json of the README is one", () => {
  const [, json = ""] = /```json\n([^`]+)```/.exec(read("../README.md")) ?? [];
  const config = configSchema.parse(JSON.parse(json));
  expect(Object.keys(config.profiles ?? {})).toEqual(["local", "live", "team", "look"]);
});
