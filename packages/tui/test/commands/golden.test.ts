import { describe, expect, test } from "vitest";
import { loadCommands } from "../../src/commands/table.ts";
import { runOn, transcript, type Scene } from "./support.ts";

const commands = await loadCommands();

const list =
  "address,send,receive,publish,subscribe,list\nalice@example.com,1,1,1,1,1\nerin@example.com,0,1,,x,no\nzed,1,,,,\n";

const groupsYaml = `
groups:
  - name: News
    flag: broadcast|loopback
    members:
      - alice@example.com
      - { address: +15550100, permissions: [receive] }
  - name: Fresh
    flag: { send: anyone, store: false }
    members: [bob@example.com, +15550100]
  - gid: 102531
    name: Team
`;

const files = {
  "list.csv": list,
  "plain.txt": "alice@example.com\nbob@example.com\n",
  "groups.yaml": groupsYaml,
  "-": "erin@example.com\n",
};

const config = {
  version: 1,
  default: "local",
  profiles: {
    local: { kind: "mock", url: "http://127.0.0.1:4010/backend/" },
    look: { kind: "mesibo", token_file: "/nowhere/token", read_only: true },
  },
};

const runs: Readonly<Record<string, readonly [argv: readonly string[], scene?: Scene]>> = {
  "flags-explain": [["flags", "explain", "0x91"]],
  "flags-explain-json": [["flags", "explain", "0x91", "--json"]],
  "flags-explain-contradiction": [["flags", "explain", "3"]],
  "flags-parse": [["flags", "parse", "restricted|loopback"]],
  "flags-build": [["flags", "build", "--send", "selected", "--receive", "in_turn", "--no-store"]],
  "flags-list": [["flags", "list"]],
  "flags-list-ndjson": [["flags", "list", "--ndjson"]],
  "groups-list": [["groups", "list"]],
  "groups-list-json": [["groups", "list", "--json"]],
  "groups-list-ndjson": [["groups", "list", "--ndjson"]],
  "groups-list-name": [["groups", "list", "--name", "TE"]],
  "groups-show": [["groups", "show", "102529"]],
  "groups-show-json": [["groups", "show", "--gid", "102529", "--json"]],
  "groups-create": [["groups", "create", "Launch", "--preset", "broadcast", "--member", "bob@example.com"]],
  "groups-create-json": [["groups", "create", "Launch", "--send", "anyone", "--json"]],
  "groups-create-dry-run": [["groups", "create", "Launch", "--dry-run", "--json"]],
  "groups-edit": [["groups", "edit", "102529", "--loopback", "--name", "Latest", "--if-flag", "1"]],
  "groups-edit-json": [["groups", "edit", "102529", "--flag", "0x91", "--json"]],
  "groups-edit-dry-run": [["groups", "edit", "102529", "--no-active", "--dry-run"]],
  "groups-delete": [["groups", "delete", "102529", "--confirm", "102529"]],
  "groups-delete-json": [["groups", "delete", "102529", "--confirm", "102529", "--json"]],
  "groups-delete-dry-run": [["groups", "delete", "102529", "--dry-run"]],
  "groups-delete-unconfirmed": [["groups", "delete", "102529", "--yes"]],
  "groups-delete-other-confirmed": [["groups", "delete", "102529", "--confirm", "102530", "--json"]],
  "groups-clone": [["groups", "clone", "102529", "News too"]],
  "groups-clone-json": [["groups", "clone", "--gid", "102530", "--name", "Help", "--json"]],
  "groups-clone-dry-run": [["groups", "clone", "102529", "News too", "--dry-run"]],
  "groups-clone-cut": [["groups", "clone", "102529", "News too"], { maxMembers: 2 }],
  "groups-diff": [["groups", "diff", "102529", "102530"]],
  "groups-diff-json": [["groups", "diff", "102529", "102530", "--json"]],
  "groups-diff-same": [["groups", "diff", "102529", "102529"]],
  "groups-diff-missing": [["groups", "diff", "102529", "5"]],
  "idempotency-key-no-gateway": [["groups", "create", "A", "--idempotency-key", "k"]],
  "groups-plan": [["groups", "plan", "-f", "groups.yaml"]],
  "groups-plan-json": [["groups", "plan", "-f", "groups.yaml", "--json"]],
  "groups-plan-nothing": [
    ["groups", "plan", "-f", "-"],
    { files: { "-": '{"v":1,"groups":[{"name":"Team","flag":0}]}' } },
  ],
  "groups-plan-no-yaml": [["groups", "plan", "-f", "-"], { files: { "-": "groups: [{" } }],
  "groups-plan-unknown-field": [
    ["groups", "plan", "-f", "-"],
    { files: { "-": "groups: [{name: A, flags: 1}]" } },
  ],
  "groups-plan-unknown-gid": [["groups", "plan", "-f", "-"], { files: { "-": "groups: [{gid: 5}]" } }],
  "groups-apply-removals": [["groups", "apply", "-f", "groups.yaml"]],
  "groups-apply": [["groups", "apply", "-f", "groups.yaml", "--allow-removals"]],
  "groups-apply-json": [["groups", "apply", "-f", "groups.yaml", "--allow-removals", "--json"]],
  "groups-apply-partial": [
    ["groups", "apply", "-f", "groups.yaml", "--allow-removals", "--json"],
    { files, faults: [{ op: "groupadd", effect: "refuse", error: "LIMIT", code: 429 }] },
  ],
  "members-list": [["members", "list", "102529"]],
  "members-list-json": [["members", "list", "102529", "--json"]],
  "members-list-ndjson": [["members", "list", "102529", "--ndjson"]],
  "members-add": [["members", "add", "102529", "erin@example.com", "--no-send"]],
  "members-add-json": [["members", "add", "102529", "erin@example.com", "--json"]],
  "members-add-dry-run": [["members", "add", "102529", "a,b", "--dry-run"]],
  "members-add-partial": [["members", "add", "102529", "erin@example.com", "nobody"]],
  "members-add-refused": [["members", "add", "102529", "nobody", "--json"]],
  "members-set": [["members", "set", "102529", "bob@example.com", "carol@example.com", "--send"]],
  "members-set-stranger": [["members", "set", "102529", "erin@example.com", "--send"]],
  "members-remove": [["members", "remove", "102529", "alice@example.com", "--yes"]],
  "members-remove-all": [["members", "remove", "102532", "alice@example.com", "--yes"]],
  "members-remove-all-confirmed": [
    ["members", "remove", "102532", "alice@example.com", "--confirm", "102532"],
  ],
  "members-import": [["members", "import", "102529", "list.csv"]],
  "members-import-stdin": [["members", "import", "--gid", "102529", "-", "--json"]],
  "members-import-bad-list": [
    ["members", "import", "102529", "bad.csv"],
    { files: { "bad.csv": "address,send,rank\na,perhaps,1\nb\u0007,1,2\n" } },
  ],
  "members-import-column": [
    ["members", "import", "102529", "odd.csv"],
    { files: { "odd.csv": "address,rank,recieve\nerin@example.com,1,0\nerin@example.com,2,0\n" } },
  ],
  "members-import-create-users": [["members", "import", "102529", "list.csv", "--create-users"]],
  "members-export": [["members", "export", "102529"]],
  "members-sync-removals": [["members", "sync", "102529", "plain.txt"]],
  "members-sync": [["members", "sync", "102529", "plain.txt", "--allow-removals"]],
  "members-sync-dry-run": [["members", "sync", "102529", "plain.txt", "--dry-run", "--json"]],
  simulate: [["simulate", "--gid", "102529", "--from", "alice@example.com"]],
  "simulate-json": [["simulate", "--gid", "102530", "--from", "bob@example.com", "--cursor", "1", "--json"]],
  "simulate-what-if": [["simulate", "--gid", "102531", "--from", "stranger", "--flag", "public_room"]],
  "requests-tail-no-mock": [["requests", "tail"]],
  "ops-list-nothing-kept": [["ops", "list"]],
  "ops-list-state": [["ops", "list", "--state", "lost"]],
  "ops-show-id": [["ops", "show", "102529", "--json"]],
  "ops-resolve-dry-run": [
    [
      "ops",
      "resolve",
      "op_01KAR5V2Z6F5T1P0X9Y8Q7W3M4",
      "--outcome",
      "happened",
      "--gid",
      "102533",
      "--dry-run",
    ],
  ],
  "ops-resolve-outcome": [["ops", "resolve", "op_01KAR5V2Z6F5T1P0X9Y8Q7W3M4"]],
  "gateway-keys-no-gateway": [["gateway", "keys", "--json"]],
  "gateway-audit-most": [["gateway", "audit", "--most", "all"]],
  "mock-start-help": [["mock", "start", "--help"]],
  "mock-reset-no-mock": [["mock", "reset"]],
  "mock-reset-dry-run": [["mock", "reset", "--dry-run", "--json"]],
  "mock-seed-no-json": [["mock", "seed", "list.csv"]],
  "mock-seed-dry-run": [["mock", "seed", "demo", "--dry-run"]],
  "mock-snapshot-no-mock": [["mock", "snapshot", "--json"]],
  "mock-clock-moment": [["mock", "clock", "--now", "noon"]],
  "mock-clock-dry-run": [["mock", "clock", "--advance", "60", "--freeze", "--dry-run"]],
  "mock-fault-both": [["mock", "fault", "groups.yaml", "--clear"]],
  "mock-journal-form": [["mock", "journal", "--as", "xml"]],
  doctor: [["doctor", "--json"]],
  "doctor-wrong": [["doctor", "--profile", "nowhere"], { config }],
  "profile-list": [["profile", "list"], { config }],
  "profile-list-json": [["profile", "list", "--json"], { config }],
  "profile-add": [
    [
      "profile",
      "add",
      "live",
      "--kind",
      "mesibo",
      "--token-command",
      "pass",
      "--token-command",
      "mesibo",
      "--danger",
    ],
    { config },
  ],
  "profile-add-known": [["profile", "add", "local", "--kind", "mock"], { config }],
  "profile-add-no-kind": [["profile", "add", "live"], { config }],
  "profile-use": [["profile", "use", "look", "--json"], { config }],
  "profile-use-unknown": [["profile", "use", "lok"], { config }],
  "profile-remove": [["profile", "remove", "look"], { config }],
  "profile-test": [["profile", "test", "embedded"], { config }],
  "profile-test-no-token": [["profile", "test", "look", "--json"], { config }],
  schema: [["schema"]],
  "read-only": [["groups", "create", "A"], { connection: { profile: "look", readOnly: "config.json" } }],
  "read-only-dry-run": [
    ["groups", "create", "A", "--dry-run"],
    { connection: { profile: "look", readOnly: "config.json" } },
  ],
  danger: [["groups", "create", "A"], { connection: { profile: "live", danger: true } }],
  "danger-yes": [["groups", "create", "A", "--yes"], { connection: { profile: "live", danger: true } }],
  "danger-remove": [
    ["members", "remove", "102529", "bob@example.com", "--yes"],
    { connection: { profile: "live", danger: true } },
  ],
  notice: [["groups", "list"], { connection: { notices: ["This machine would be one of five addresses."] } }],
  "notice-json": [
    ["groups", "list", "--json"],
    { connection: { notices: ["This machine would be one of five addresses."] } },
  ],
  "token-stdin-twice": [["members", "import", "102529", "-", "--token-stdin"]],
  "completion-bash": [["completion", "bash"]],
  "completion-zsh": [["completion", "zsh"]],
  "completion-fish": [["completion", "fish"]],
  "completion-other": [["completion", "tcsh"]],
  help: [["--help"]],
  "help-json": [["--help", "--json"]],
  "groups-help": [["groups", "--help"]],
  "groups-delete-help": [["groups", "delete", "--help"]],
};

// The version of Node and the terminal are the machine's own.
const settled = (text: string): string =>
  text
    .replaceAll(process.versions.node, "<node>")
    .replaceAll(/\{"name":"(?:colour|utf-8|size|clipboard)"[^}]*\}/g, '{"of the machine":true}')
    .replaceAll(/^\w+ +(?:colour|utf-8|size|clipboard) .*\n(?: +->.*\n)?/gm, "");

test.each(Object.entries(runs))("%s prints what its golden file shows", async (name, [argv, scene]) => {
  const ended = await runOn(argv, { files, ...scene });
  await expect(settled(transcript(argv, ended))).toMatchFileSnapshot(`golden/${name}.txt`);
});

describe("the golden files", () => {
  test("cover every command", () => {
    const shown = Object.values(runs).map(([argv]) => argv.join(" "));
    const missing = commands.filter(
      ({ name }) => !shown.some((line) => line.startsWith(`${name} `) || line === name),
    );
    expect(missing.map(({ name }) => name)).toEqual([]);
  });

  test("with --json hold one versioned document on stdout, or one on stderr", async () => {
    for (const [name, [argv, scene]] of Object.entries(runs)) {
      if (!argv.includes("--json")) continue;
      const { out, err } = await runOn(argv, { files, ...scene });
      for (const line of [out, err].join("").trimEnd().split("\n"))
        expect({ run: name, ...JSON.parse(line) }).toMatchObject({ run: name, v: 1 });
    }
  });
});
