import { afterAll, beforeAll, expect, test } from "vitest";
import { runCommand } from "../../src/commands/run.ts";
import { API_KEY, startGateway, type RunningGateway } from "../support/gateway.ts";
import { aroundOf, homeWith, runIn, transcript } from "./support.ts";

let gateway: RunningGateway;

beforeAll(async () => {
  gateway = await startGateway();
}, 60_000);

afterAll(() => gateway.close());

const files: Record<string, string> = {
  "list.csv": "address,send\nalice@example.com,1\nbob@example.com,0\nnobody,1\n",
  "groups.yaml": "groups:\n  - name: Ops\n    flag: restricted\n    members: [carol@example.com]\n",
};

/** Runs a command with the real way to the gateway. */
async function run(argv: readonly string[], more: NodeJS.ProcessEnv = {}) {
  const ended = await runIn(
    aroundOf({ GATEWAY_URL: gateway.url, GATEWAY_API_KEY: API_KEY, ...more }),
    argv,
    files,
  );
  const { out, err } = ended;
  expect(out + err).not.toContain(API_KEY);
  return ended;
}

// What is another each time: how long a group has to live, ids, the port.
const settled = (text: string): string =>
  text
    .replaceAll(gateway.url, "<gateway>")
    .replaceAll(/op_[0-9A-Z]{26}/g, "<operation>")
    .replaceAll(/"expiry":\d+/g, '"expiry":<seconds>')
    .replaceAll(/\b315\d{5} s/g, "<seconds> s");

/** One after another, on one gateway. */
const lines: readonly (readonly string[])[] = [
  ["groups", "list"],
  ["groups", "create", "News", "--preset", "broadcast", "--member", "alice@example.com"],
  ["groups", "create", "Launch", "--member", "alice@example.com", "--member", "nobody", "--json"],
  ["groups", "edit", "102533", "--loopback", "--name", "Latest", "--if-flag", "1"],
  ["groups", "edit", "102533", "--pinned"],
  ["groups", "show", "102533", "--json"],
  ["groups", "list"],
  ["members", "add", "102533", "carol@example.com", "--no-send"],
  ["members", "set", "102533", "carol@example.com", "--send"],
  ["members", "import", "102534", "list.csv"],
  ["members", "import", "102534", "list.csv", "--create-users"],
  ["members", "list", "102534"],
  ["members", "remove", "102533", "carol@example.com"],
  ["members", "export", "102534"],
  ["simulate", "102533", "alice@example.com"],
  ["groups", "apply", "-f", "groups.yaml"],
  ["groups", "plan", "-f", "groups.yaml"],
  ["groups", "delete", "102534", "--confirm", "102534"],
  ["groups", "delete", "999", "--confirm", "999"],
  ["profile", "test"],
];

test("every command works through a gateway", async () => {
  let text = "";
  for (const argv of lines) text += `${transcript(argv, await run(argv))}\n`;
  await expect(settled(text)).toMatchFileSnapshot("golden/gateway.txt");
});

test("a key that is refused, and a gateway that is not there, say what to check", async () => {
  const refused = await run(["groups", "list", "--json"], { GATEWAY_API_KEY: "some-other-key" });
  expect(refused).toMatchObject({ code: 3, out: "" });
  expect(JSON.parse(refused.err)).toMatchObject({ v: 1, error: { kind: "auth", exit: 3 } });
  expect(refused.err).toContain("Check the API key in GATEWAY_API_KEY");
  const test = await run(["profile", "test"], { GATEWAY_API_KEY: "some-other-key" });
  expect(test).toMatchObject({ code: 3 });
  expect(test.err).toContain("401: the API key was refused.");
  const gone = await run(["groups", "list"], { GATEWAY_URL: "http://127.0.0.1:1" });
  expect(gone).toMatchObject({ code: 4, out: "" });
  expect(gone.err).toContain("Check GATEWAY_URL and the network");
  const none = await run(["groups", "list"], { GATEWAY_API_KEY: "" });
  expect(none).toMatchObject({ code: 2 });
  expect(none.err).toContain("profile environment: needs an API key, and none is set.");
});

test("a key that was pasted where a name belongs is shown as its variable", async () => {
  const { code, out } = await run(["groups", "create", "A", "--dry-run", "--member", API_KEY]);
  expect({ code, out }).toEqual({ code: 0, out: "would create A, flag 0\n" });
  const json = await run(["groups", "create", "A", "--dry-run", "--member", API_KEY, "--json"]);
  expect(json.out).toContain('"members":["$GATEWAY_API_KEY"]');
});

test("a change that is run again with its key is done once", async () => {
  const create = ["groups", "create", "Once", "--idempotency-key", "key-of-this-test", "--json"];
  const first = await run(create);
  expect(await run(create)).toEqual(first);
  const { gid } = JSON.parse(first.out) as { readonly gid: number };
  const other = await run(["groups", "create", "Twice", "--idempotency-key", "key-of-this-test"]);
  expect(other).toMatchObject({ code: 7, out: "" });
  const named = await run(["groups", "list", "--name", "once", "--json"]);
  expect(JSON.parse(named.out)).toMatchObject({ count: 1, groups: [{ gid }] });
  expect((await run(["groups", "delete", String(gid), "--confirm", String(gid)])).code).toBe(0);
});

test("what the gateway keeps is listed, shown and settled", async () => {
  gateway.fail({ op: "groupadd", effect: "close", when: "after" });
  const { out } = await run(["groups", "create", "Perhaps"]);
  gateway.fail();
  const id = out.trim();
  const steps: readonly (readonly string[])[] = [
    ["ops", "list", "--state", "unknown"],
    ["ops", "show", id],
    ["ops", "resolve", id, "--outcome", "retried"],
    ["ops", "resolve", id, "--outcome", "happened", "--gid", "102537", "--json"],
    ["ops", "resolve", id, "--outcome", "happened", "--gid", "102537"],
    ["ops", "show", "op_01KAR5V2Z6F5T1P0X9Y8Q7W3M4"],
    ["gateway", "keys"],
    ["gateway", "audit", "--action", "create_group", "--outcome", "unknown", "--most", "1"],
  ];
  let text = "";
  for (const argv of steps) text += `${transcript(argv, await run(argv))}\n`;
  await expect(
    settled(text)
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "<moment>")
      .replaceAll(/req_\w+|[\da-f]{8}-[\da-f-]{27}/g, "<request>")
      .replaceAll(/[\da-f]{64}/g, "<hash>"),
  ).toMatchFileSnapshot("golden/gateway-ops.txt");
});

test("an unknown outcome puts the id of its operation on stdout, and ends with 5", async () => {
  gateway.fail({ op: "groupadd", effect: "close", when: "after" });
  const plain = await run(["groups", "create", "Lost"]);
  const json = await run(["groups", "create", "Lost too", "--json"]);
  gateway.fail();
  expect(plain).toMatchObject({ code: 5, out: expect.stringMatching(/^op_[0-9A-Z]{26}\n$/) });
  expect(plain.err).toContain(`See ops show ${plain.out.trim()}.`);
  const { operation } = JSON.parse(json.out) as { readonly operation: string };
  expect(JSON.parse(json.err)).toMatchObject({ error: { kind: "unknown", exit: 5, operation } });
});

test("a profile names a gateway, with its key from a program", async () => {
  const print = [process.execPath, "-p", JSON.stringify(API_KEY)];
  const home = homeWith({
    version: 1,
    default: "gate",
    profiles: { gate: { kind: "gateway", url: gateway.url, token_command: print } },
  });
  let out = "";
  const code = await runCommand(["groups", "list", "--name", API_KEY, "--json"], {
    io: {
      out: (text) => (out += text),
      err: (text) => (out += text),
      read: async () => "",
      write: async () => undefined,
    },
    around: aroundOf({ PATH: process.env["PATH"] }, home),
    signal: new AbortController().signal,
  });
  expect({ code, out: JSON.parse(out) as unknown }).toMatchObject({ code: 0, out: { v: 1, groups: [] } });
});

test("a change of members that is run again with its key is done once, and so is each group of a file", async () => {
  const { out } = await run(["groups", "create", "Keyed", "--json"]);
  const { gid } = JSON.parse(out) as { readonly gid: number };
  const id = String(gid);
  const people = ["alice@example.com", "bob@example.com"];
  const repeated: readonly (readonly string[])[] = [
    ["members", "add", id, ...people, "--idempotency-key", "add-key"],
    ["members", "set", id, "alice@example.com", "--no-send", "--idempotency-key", "set-key"],
    ["members", "import", id, "list.csv", "--idempotency-key", "import-key", "--json"],
    ["members", "remove", id, ...people, "--confirm", id, "--idempotency-key", "remove-key"],
  ];
  const changes = async (): Promise<number> => {
    const audit = await run(["gateway", "audit", "--gid", id, "--json"]);
    return (JSON.parse(audit.out) as { readonly entries: readonly unknown[] }).entries.length;
  };
  for (const argv of repeated) {
    const first = await run(argv);
    const before = await changes();
    expect({ argv, again: await run(argv) }).toEqual({ argv, again: first });
    expect({ argv, changes: await changes() }).toEqual({ argv, changes: before });
  }
  const other = await run(["members", "add", id, "carol@example.com", "--idempotency-key", "add-key"]);
  expect(other.code).toBe(7);
  expect((await run(["groups", "delete", id, "--confirm", id])).code).toBe(0);

  files["made.yaml"] = "groups:\n  - name: Made once\n";
  const apply = ["groups", "apply", "-f", "made.yaml", "--idempotency-key", "apply-key"];
  gateway.fail({ op: "groupadd", effect: "close", when: "after" });
  expect((await run(apply)).code).toBe(5);
  gateway.fail();
  expect((await run(apply)).code).toBe(5);
  const unknown = await run(["ops", "list", "--state", "unknown", "--json"]);
  // The second run is answered with the operation of the first: nothing was sent again.
  expect(unknown.out.match(/"name":"Made once"/g)).toHaveLength(1);
});

test("where a key means nothing that is said", async () => {
  const sync = await run(["members", "sync", "102529", "list.csv", "--idempotency-key", "k"]);
  expect(sync).toMatchObject({ code: 2, err: expect.stringContaining("takes no --idempotency-key") });
  const direct = await run(["members", "add", "102529", "a", "--idempotency-key", "k"], {
    GATEWAY_URL: undefined,
  });
  expect(direct).toMatchObject({ code: 2, err: expect.stringContaining("is for a gateway") });
});
