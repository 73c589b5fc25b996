import { createMock } from "@mesibo-groups/mock-server";
import { expect, test } from "vitest";
import { CANARY, runOn } from "./support.ts";
import type { Fetch } from "../support/fetch.ts";

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

test("a name of 10,000 characters is one cell of a list that is cut, and whole in --json", async () => {
  const long = "x".repeat(10_000);
  const mock = () =>
    createMock({ tokens: [CANARY], seed: { users: [], groups: [{ name: long }, { name: "News" }] } });
  const { out, err } = await runOn(["groups", "list"], { mock: mock() });
  const [header, first, second] = out.split("\n");
  expect([header, first, second]).toEqual([
    `gid     ${"name".padEnd(64)}  flag   active  expiry`,
    `102529  ${"x".repeat(63)}…  0 0x0  yes     31536000 s`,
    `102530  ${"News".padEnd(64)}  0 0x0  yes     31536000 s`,
  ]);
  expect(err).toContain("Cells over 64 columns are cut; --json has them whole.\n");
  const whole = await runOn(["groups", "list", "--json"], { mock: mock() });
  expect(whole.out).toContain(long);
  expect(whole.err).not.toContain("cut");
});

const evil = `${name}\r\n\u0007${"x".repeat(10_000)}`;
const said = JSON.stringify(evil).slice(1, -1);

/** A server whose names, addresses and refusals are hostile. */
const wires: Readonly<Record<string, (fetch: Fetch) => Fetch>> = {
  lists: (fetch) => async (url, init) => {
    const answer = await (await fetch(url, init)).text();
    return new Response(
      answer
        .replaceAll(/"name":"[^"]*"/g, `"name":"${said}"`)
        .replaceAll(/"address":"[^"]*"/g, `"address":"${said}"`),
    );
  },
  refuses: () => async () =>
    Response.json({ result: false, error: evil, code: 400, cause: evil, properties: [evil] }),
};

const asked: readonly (readonly string[])[] = [
  ["groups", "list"],
  ["groups", "show", "102529"],
  ["groups", "create", "A"],
  ["groups", "edit", "102529", "--name", "B"],
  ["groups", "delete", "102529", "--confirm", "102529"],
  ["groups", "plan", "-f", "groups"],
  ["groups", "apply", "-f", "groups", "--allow-removals"],
  ["members", "list", "102529"],
  ["members", "add", "102529", "plain"],
  ["members", "set", "102529", "plain", "--send"],
  ["members", "remove", "102529", "plain", "--confirm", "102529"],
  ["members", "import", "102529", "-"],
  ["members", "export", "102529"],
  ["members", "sync", "102529", "-", "--allow-removals"],
  ["simulate", "--gid", "102529", "--from", "plain"],
];

for (const [what, wire] of Object.entries(wires)) {
  test.each(asked)(
    `nothing hostile that the server ${what} reaches the terminal from %j %j`,
    async (...argv) => {
      const files = { "-": "plain\n", groups: JSON.stringify({ groups: [{ name: "x\u200by" }] }) };
      for (const form of [[], ["--json"]]) {
        const { out, err } = await runOn([...argv, ...form], { mock: hostile(), files, wire });
        expect(unsafe.exec(`${out}${err}`)).toBeNull();
        expect(`${out}${err}`).not.toBe("");
      }
    },
  );
}

test("JSON says the same with the hidden characters escaped", async () => {
  const { out } = await runOn(["groups", "list", "--json"], { mock: hostile() });
  expect(JSON.parse(out)).toMatchObject({ groups: [{ name }] });
});
