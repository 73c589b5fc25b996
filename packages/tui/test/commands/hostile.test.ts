import { createMock } from "@mesibo-groups/mock-server";
import { expect, test } from "vitest";
import { CANARY, runOn } from "./support.ts";

const name = "\u001b[2J\u202eevil\u009b\u{e0041}";

const hostile = () =>
  createMock({
    tokens: [CANARY],
    seed: {
      users: ["a\u200bb", "plain"],
      groups: [{ name, members: [{ address: "a\u200bb" }, { address: "plain" }] }],
    },
  });

const lines = [
  ["groups", "list"],
  ["groups", "show", "102529"],
  ["groups", "edit", "102529", "--name", name],
  ["members", "list", "102529"],
  ["members", "export", "102529"],
  ["members", "sync", "102529", "-", "--dry-run"],
  ["simulate", "--gid", "102529", "--from", "a\u200bb"],
  ["groups", "create", name, "--dry-run"],
  ["groups", "plan", "-f", "groups"],
  ["groups", "show", name],
  [name],
];

// oxlint-disable-next-line no-control-regex -- these are what may not be there
const unsafe = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u202e\u{e0041}]/u;

test.each(lines)("no control or hidden character reaches the terminal from %j %j", async (...argv) => {
  const files = { "-": "plain\n", groups: JSON.stringify({ groups: [{ name: "x\u200by" }] }) };
  for (const form of [[], ["--json"]]) {
    const { out, err } = await runOn([...argv, ...form], { mock: hostile(), files });
    expect(`${out}${err}`).not.toMatch(unsafe);
    expect(`${out}${err}`).not.toBe("");
  }
});

test("JSON says the same with the hidden characters escaped", async () => {
  const { out } = await runOn(["groups", "list", "--json"], { mock: hostile() });
  expect(JSON.parse(out)).toMatchObject({ groups: [{ name }] });
});
