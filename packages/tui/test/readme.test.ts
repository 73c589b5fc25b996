import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { exits } from "../src/commands/exits.ts";
import { synopsis } from "../src/commands/reading.ts";
import { commands } from "../src/commands/table.ts";
import { readGroupsFile } from "../src/commands/plan/groups-file.ts";

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), "utf8");

test.each(["overview", "who"])("the picture of %s in the README is the frame of today", (name) => {
  const frame = read(`frames/${name}.80x24.unicode.txt`);
  const [screen = ""] = frame.split(/\n(?:[^\S\n]*\n){3,}/);
  expect(screen.length).toBeGreaterThan(400);
  expect(read("../../../README.md")).toContain(screen);
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
  expect(rowsBelow("exit | means")).toEqual(
    Object.values(exits).map(({ code, meaning }) => `${code} | ${meaning}`),
  );
});

test("the groups file of the README can be read", async () => {
  const [, yaml = ""] = /```yaml\n([^`]+)```/.exec(read("../README.md")) ?? [];
  const [news] = await readGroupsFile(yaml);
  expect({ name: news?.name, members: news?.members?.map(({ address }) => address) }).toEqual({
    name: "News",
    members: ["alice@example.com", "+15550100"],
  });
});
