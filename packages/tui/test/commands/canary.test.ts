import { expect, test } from "vitest";
import { loadCommands } from "../../src/commands/table.ts";
import { CANARY, runOn } from "./support.ts";
import type { Fetch } from "../support/fetch.ts";

const commands = await loadCommands();

/** What each command is given; where text belongs, the app token was pasted. */
const given: Readonly<Record<string, readonly string[]>> = {
  "groups list": ["--name", CANARY],
  "groups show": [CANARY],
  "groups create": [CANARY, "--member", CANARY],
  "groups edit": ["102529", "--name", CANARY],
  "groups delete": ["102529", "--confirm", CANARY],
  "groups clone": ["102529", CANARY],
  "groups diff": ["102529", CANARY],
  "groups plan": ["-f", "groups.yaml"],
  "groups apply": ["-f", "groups.yaml", "--allow-removals"],
  "members list": ["102529"],
  "members add": ["102529", CANARY],
  "members set": ["102529", CANARY, "--send"],
  "members remove": ["102529", "bob@example.com", "--yes"],
  "members import": ["102529", "list.csv"],
  "members export": ["102529"],
  "members sync": ["102529", "list.csv", "--allow-removals"],
  simulate: ["--gid", "102529", "--from", CANARY],
  "flags explain": [CANARY],
  "flags parse": [CANARY],
  "flags build": ["--send", CANARY],
  "flags list": [],
  "requests tail": [],
  "ops list": ["--state", CANARY],
  "ops show": [CANARY],
  "ops resolve": [CANARY, "--outcome", CANARY],
  "gateway keys": [],
  "gateway audit": ["--actor", CANARY],
  "mock start": ["--help"],
  "mock reset": ["--dry-run"],
  "mock seed": [CANARY],
  "mock snapshot": ["--restore", CANARY],
  "mock clock": ["--now", CANARY],
  "mock fault": [CANARY],
  "mock journal": ["--as", CANARY],
  "profile list": [],
  "profile add": ["live", "--kind", "mesibo", "--token-file", CANARY],
  "profile use": [CANARY],
  "profile remove": [CANARY],
  "profile test": [CANARY],
  doctor: [],
  schema: [],
  completion: [CANARY],
};

const quoted = JSON.stringify(CANARY);
const files = {
  "list.csv": `address,note\n"${CANARY.replaceAll('"', '""')}",1\n`,
  "groups.yaml": `{"groups":[{"name":${quoted},"members":[${quoted}]}]}`,
};

const config = { version: 1, profiles: { local: { kind: "mock", token_file: "token" } } };

/** Servers that say the token again. */
const wires: Readonly<Record<string, (fetch: Fetch) => Fetch>> = {
  "a server that does what it is told": (fetch) => fetch,
  "a server that refuses with the token": () => async () =>
    Response.json({ result: false, error: `BAD ${CANARY}`, code: 400, cause: CANARY, properties: [CANARY] }),
  "a proxy that prints the token": () => async () =>
    new Response(`<html>?token=${CANARY}</html>`, { status: 502 }),
  "a network that names the token": () => async () => {
    throw new TypeError(`fetch failed for ?token=${CANARY}`, { cause: new Error(CANARY) });
  },
};

test("every command is tried", () => {
  expect(Object.keys(given).toSorted()).toEqual(commands.map(({ name }) => name).toSorted());
});

// `runOn` looks for the token in what was printed and written.
for (const [name, wire] of Object.entries(wires)) {
  test.each(Object.entries(given))(`%s with %j prints no app token on ${name}`, async (command, args) => {
    for (const form of [[], ["--json"]]) {
      const argv = [...command.split(" "), ...args, ...form];
      const { out, err } = await runOn(argv, { files, config, wire });
      expect(`${out}${err}`).not.toBe("");
    }
  });
}
