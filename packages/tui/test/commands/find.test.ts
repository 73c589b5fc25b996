import { describe, expect, test } from "vitest";
import { findCommand } from "../../src/commands/find.ts";
import { loadCommands } from "../../src/commands/table.ts";

const commands = await loadCommands();

const named = async (line: string): Promise<unknown> => {
  const found = await findCommand(line.split(" "));
  return found.kind === "command" ? [found.command.name, found.argv.join(" ")] : found.kind;
};

describe("options stand wherever they are typed", () => {
  test.each([
    ["--json groups list", "groups list", "--json"],
    ["--profile news groups list", "groups list", "--profile news"],
    ["--profile=news groups list", "groups list", "--profile=news"],
    ["--timeout 5 --no-input groups list", "groups list", "--timeout 5 --no-input"],
    ["groups --profile groups list", "groups list", "--profile groups"],
    ["--confirm 102529 groups delete 102529", "groups delete", "--confirm 102529 102529"],
    ["--gid 102529 groups show", "groups show", "--gid 102529"],
    ["members add 102529 -- --odd", "members add", "102529 -- --odd"],
    ["--json doctor", "doctor", "--json"],
  ])("%s", async (line, name, argv) => expect(await named(line)).toEqual([name, argv]));

  test("a value alone names no command", async () => expect(await named("--profile groups")).toBe("wrong"));
});

test("options that are a switch here and take a value there are few, and are switches before a command", async () => {
  const typed = commands.flatMap(({ options }) => Object.entries(options));
  const values = new Set(typed.flatMap(([name, { type }]) => (type === "string" ? [name] : [])));
  const both = new Set(
    typed.flatMap(([name, { type }]) => (type === "boolean" && values.has(name) ? [name] : [])),
  );
  expect([...both].toSorted()).toEqual(["receive", "send"]);
  expect(await named("--send members set 102529 a")).toEqual(["members set", "--send 102529 a"]);
});
