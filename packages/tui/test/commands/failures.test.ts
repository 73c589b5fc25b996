import { expect, test } from "vitest";
import { CANARY, demoMock, runOn, transcript, type Scene } from "./support.ts";
import type { Fetch } from "../support/fetch.ts";

const failing = (code: string) => (): Fetch => async () => {
  throw new TypeError("fetch failed", { cause: { code } });
};

const stopped = AbortSignal.abort("SIGINT");

const classes: Readonly<Record<string, readonly [argv: readonly string[], scene?: Scene]>> = {
  "refused-1": [
    ["groups", "edit", "102529", "--name", "A"],
    { faults: [{ effect: "refuse", error: "LIMIT", code: 429, cause: "\u001b[31mToo many.\u202e" }] },
  ],
  "usage-2-option": [["groups", "list", "--jsn"]],
  "usage-2-command": [["groups", "lst"]],
  "usage-2-noun": [["group"]],
  "usage-2-verb": [["groups"]],
  "usage-2-gid": [["groups", "show", "News", "--json"]],
  "usage-2-missing": [["members", "list"]],
  "usage-2-stray": [["groups", "list", "102529"]],
  "usage-2-flag": [["flags", "parse", "017"]],
  "usage-2-choice": [["groups", "create", "A", "--send", "anyon"]],
  "usage-2-timeout": [["groups", "list", "--timeout", "soon"]],
  "usage-2-validation": [["groups", "create", "A", "--flag", "3"]],
  "usage-2-forms": [["groups", "list", "--json", "--ndjson"]],
  "usage-2-address": [["members", "add", "102529", "a\u0007b"]],
  "usage-2-dash": [["groups", "edit", "102529", "--name", "-x"]],
  "usage-2-seconds": [["groups", "create", "A", "--expiry", "1y"]],
  "usage-2-nothing": [["groups", "edit", "102529"]],
  "auth-3": [["groups", "list"], { token: "another-token" }],
  "auth-3-json": [["groups", "list", "--json"], { token: "another-token" }],
  "breach-3": [["groups", "list"], { faults: [{ effect: "refuse", error: "TOKENBREACH", code: 403 }] }],
  "not-sent-4": [["groups", "create", "A"], { wire: failing("ECONNREFUSED") }],
  "not-sent-4-json": [["groups", "create", "A", "--json"], { wire: failing("ENOTFOUND") }],
  "not-sent-4-members": [["members", "add", "102529", "erin@example.com"], { wire: failing("ECONNREFUSED") }],
  "lost-read-4": [["groups", "list"], { wire: failing("ECONNRESET") }],
  "lost-read-4-json": [["members", "list", "102529", "--json"], { faults: [{ effect: "html" }] }],
  "unknown-5": [["groups", "create", "A"], { wire: failing("ECONNRESET") }],
  "unknown-5-members": [
    ["members", "add", "102529", "erin@example.com", "--json"],
    { faults: [{ op: "groupeditmembers", effect: "close", when: "after" }] },
  ],
  "protocol-5": [["groups", "create", "A", "--json"], { faults: [{ effect: "html" }] }],
  "partial-6": [["members", "add", "102529", "erin@example.com", "nobody", "--json"]],
  "conflict-7": [["groups", "edit", "102529", "--name", "A", "--if-flag", "0x11"]],
  "conflict-7-truncated": [["members", "sync", "102529", "-", "--allow-removals"], { maxMembers: 4 }],
  "not-found-8": [["groups", "show", "7"]],
  "not-found-8-delete": [["groups", "delete", "7", "--confirm", "7", "--json"]],
  "interrupted-130": [["groups", "create", "A"], { signal: stopped }],
  "terminated-143": [["groups", "list", "--json"], { signal: AbortSignal.abort("SIGTERM") }],
};

test.each(Object.entries(classes))(
  "failure %s prints what its golden file shows",
  async (name, [argv, scene]) => {
    const ended = await runOn(argv, scene);
    await expect(transcript(argv, ended)).toMatchFileSnapshot(`golden/failure-${name}.txt`);
    const [, code = ""] = /-(\d+)/.exec(name) ?? [];
    expect(ended.code).toBe(Number(code));
  },
);

test("the app token is in no output, wherever it was pasted", async () => {
  const lines = [
    ["groups", "create", CANARY],
    ["groups", "create", CANARY, "--dry-run"],
    ["groups", "create", "A", "--dry-run", "--json", "--member", CANARY],
    ["groups", "edit", "102529", "--name", CANARY, "--json"],
    ["groups", "show", CANARY],
    ["groups", CANARY],
    [CANARY],
    ["groups", "list", `--${CANARY}`],
    ["members", "add", "102529", CANARY],
    ["members", "remove", "102529", CANARY, "--json"],
    ["members", "import", "102529", "list", "--dry-run"],
    ["groups", "plan", "-f", "groups", "--json"],
    ["simulate", "--gid", "102529", "--from", CANARY],
    ["flags", "parse", CANARY, "--json"],
    ["groups", "delete", "102529", "--confirm", CANARY],
    ["doctor"],
    ["doctor", "--json", "--call"],
  ];
  const files = {
    list: `${CANARY}\n`,
    groups: JSON.stringify({ groups: [{ name: CANARY, members: [CANARY] }] }),
  };
  // Every run is searched for the token by `runOn`.
  for (const argv of lines) expect((await runOn(argv, { files })).out.length).toBeGreaterThanOrEqual(0);
});

test("a list of failures can be imported again, and holds who was not done", async () => {
  const mock = demoMock();
  const written = new Map<string, string>();
  const files = { "in.csv": "address,send\nerin@example.com,1\nnobody,0\n" };
  const argv = ["members", "import", "102529", "in.csv", "--retry-failures", "out.csv"];
  expect((await runOn(argv, { mock, files, written })).code).toBe(6);
  expect(Object.fromEntries(written)).toEqual({
    "out.csv": [
      "address,send,receive,publish,subscribe,list,line,outcome,reason",
      'nobody,false,true,true,true,true,3,refused,"groupeditmembers: mesibo refused with BADUSER 404 (m): You can only add valid users; not known here: nobody"',
      "",
    ].join("\n"),
  });
  const again = await runOn(["members", "import", "102529", "out.csv"], {
    mock,
    files: Object.fromEntries(written),
  });
  expect(again.code).toBe(1);
});

test("who is no user yet is made one where that is asked for, and added", async () => {
  const mock = demoMock();
  const files = { "in.csv": "address,send\nerin@example.com,1\nnew@example.com,0\n" };
  const argv = ["members", "import", "102529", "in.csv", "--create-users", "--json"];
  const { code, out } = await runOn(argv, { mock, files });
  expect({ code, ...(JSON.parse(out) as object) }).toMatchObject({
    code: 0,
    done: ["erin@example.com", "new@example.com"],
    refused: [],
  });
  expect(mock.world(CANARY).groups()[0]?.members.at(-1)).toMatchObject({
    address: "new@example.com",
    permissions: { send: false, receive: true },
  });
});

test("what was exported and synced back changes nothing", async () => {
  const mock = demoMock();
  const { out } = await runOn(["members", "export", "102529"], { mock });
  const synced = await runOn(["members", "sync", "102529", "-", "--json"], { mock, files: { "-": out } });
  expect(synced.code).toBe(0);
  expect(JSON.parse(synced.out)).toMatchObject({
    difference: { add: [], change: [], remove: [], same: 4 },
    calls: 0,
  });
});

test("removing more than 25 members needs the gid, and then is done", async () => {
  const mock = demoMock();
  const addresses = Array.from({ length: 26 }, (_, index) => `m${index}`);
  const argv = ["members", "remove", "102529", ...addresses];
  const refused = await runOn(argv, { mock });
  expect(refused).toEqual({
    code: 2,
    out: "",
    err: "mesibo-groups: Removing 26 members of group 102529 cannot be undone. Add --confirm 102529 to do it. Nothing was sent.\n",
  });
  expect(mock.world(CANARY).groups()[0]?.members).toHaveLength(4);
});

test("plan exits 0 after apply", async () => {
  const mock = demoMock();
  const files = { f: "groups:\n  - name: New\n    flag: hunt_group\n    members: [alice@example.com]\n" };
  expect((await runOn(["groups", "plan", "-f", "f"], { mock, files })).code).toBe(10);
  expect((await runOn(["groups", "apply", "-f", "f"], { mock, files })).code).toBe(0);
  expect((await runOn(["groups", "plan", "-f", "f"], { mock, files })).code).toBe(0);
});

test("a dry run sends nothing that changes anything", async () => {
  const mock = demoMock();
  const files = { f: "groups: [{name: New}]", "-": "erin@example.com\n" };
  const lines = [
    ["groups", "create", "A"],
    ["groups", "edit", "102529", "--loopback"],
    ["groups", "delete", "102529"],
    ["groups", "apply", "-f", "f"],
    ["members", "add", "102529", "erin@example.com"],
    ["members", "set", "102529", "bob@example.com", "--send"],
    ["members", "remove", "102529", "bob@example.com"],
    ["members", "import", "102529", "-"],
    ["members", "sync", "102529", "-"],
  ];
  for (const argv of lines)
    expect(await runOn([...argv, "--dry-run"], { mock, files })).toMatchObject({ code: 0, err: "" });
  const ops = new Set(
    mock
      .world(CANARY)
      .requests()
      .map(({ op }) => op),
  );
  expect([...ops].toSorted()).toEqual(["groupgetmembers", "groupsget"]);
});

test("a member list that the server cut is announced, and says so in JSON", async () => {
  const { code, out, err } = await runOn(["members", "export", "102529"], { maxMembers: 4 });
  expect({ code, err, lines: out.split("\n").length }).toEqual({
    code: 0,
    err: "The server listed 4 members; there may be more.\n",
    lines: 6,
  });
  const json = await runOn(["members", "list", "102529", "--json"], { maxMembers: 4 });
  expect(JSON.parse(json.out)).toMatchObject({ count: 4, complete: false });
});
