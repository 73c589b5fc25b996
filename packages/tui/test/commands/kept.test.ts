import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { demoSeed, startMock, type FaultRule } from "@mesibo-groups/mock-server";
import { describe, expect, onTestFinished, test } from "vitest";
import { MAX_KEPT } from "../../src/kept/store.ts";
import { aroundOf, homeWith, runIn, transcript, type Ended } from "./support.ts";

const TOKEN = "canary-kept-token-0123456789";

const people = Array.from({ length: 120 }, (_, index) => `user${index}@example.com`);

const files: Readonly<Record<string, string>> = {
  "list.txt": people.join("\n"),
  "groups.yaml": "groups:\n  - name: Planned\n",
};

/** A machine with two profiles of one app of a mock and one of another, and what it keeps. */
interface Machine {
  readonly url: string;
  readonly home: string;
  /** Where what is unknown is kept. */
  readonly folder: string;
  /** Runs a command with the real way to the server. */
  readonly run: (...argv: readonly string[]) => Promise<Ended>;
  /** Goes wrong in the mock from now on. */
  readonly fail: (...rules: readonly FaultRule[]) => void;
  readonly named: (name: string) => number;
  readonly kept: () => readonly string[];
}

async function machine(more: object = {}): Promise<Machine> {
  const mock = await startMock({
    tokens: [TOKEN],
    seed: { ...demoSeed, users: [...demoSeed.users, ...people] },
  });
  onTestFinished(() => mock.close());
  const profile = {
    kind: "mock",
    url: mock.url,
    token_command: [process.execPath, "-p", JSON.stringify(TOKEN)],
  };
  const elsewhere = { ...profile, token_command: [process.execPath, "-p", "'another-app-token'"] };
  const home = homeWith({
    version: 1,
    default: "local",
    profiles: { local: { ...profile, ...more }, renamed: profile, other: elsewhere },
  });
  const folder = join(home, ".local/state/mesibo-groups/unknown");
  return {
    url: mock.url,
    home,
    folder,
    run: async (...argv) => {
      const ended = await runIn(aroundOf({ PATH: process.env["PATH"] }, home), argv, files);
      const { out, err } = ended;
      for (const text of [out, err, ...filesIn(folder)]) expect(text).not.toContain(TOKEN);
      return ended;
    },
    fail: (...rules) => mock.world(TOKEN).faults.set({ seed: 1, rules }),
    named: (name) =>
      mock
        .world(TOKEN)
        .groups()
        .filter((group) => group.name === name).length,
    kept: () => namesIn(folder),
  };
}

const namesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
};

// What is being written by another command has another name until it is whole.
const filesIn = (folder: string): readonly string[] =>
  namesIn(folder)
    .filter((name) => !name.endsWith(".tmp"))
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path, "utf8"));

const lostCreate = { op: "groupadd", effect: "close", when: "after" } as const satisfies FaultRule;

/** A group that was made, and whose answer is lost; answers the id on stdout. */
async function lost({ run, fail }: Machine, name: string): Promise<string> {
  fail(lostCreate);
  const { code, out } = await run("groups", "create", name);
  fail();
  expect({ code, out }).toEqual({ code: 5, out: expect.stringMatching(/^op_[0-9A-Z]{26}\n$/) });
  return out.trim();
}

const settled = (text: string, { url, home }: Machine): string =>
  text
    .replaceAll(url, "<mock>")
    .replaceAll(home, "<home>")
    .replaceAll(/op_[0-9A-Z]{26}/g, "<operation>")
    .replaceAll(/sha256:[0-9a-f]{4}/g, "sha256:<four>")
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "<moment>");

test("what may have happened is listed, shown, settled, and then gone", async () => {
  const here = await machine();
  const id = await lost(here, "Perhaps");
  const steps: readonly (readonly string[])[] = [
    ["ops", "list", "--state", "unknown"],
    ["ops", "list", "--state", "resolved"],
    ["ops", "list", "--profile", "other"],
    ["ops", "list", "--profile", "other", "--json"],
    ["ops", "show", id],
    ["ops", "show", id, "--json"],
    ["ops", "show", id, "--profile", "other"],
    ["ops", "resolve", id, "--outcome", "happened", "--dry-run"],
    ["ops", "resolve", id, "--outcome", "retried"],
    ["ops", "resolve", id, "--outcome", "happened", "--gid", "102533", "--json"],
    ["ops", "resolve", id, "--outcome", "happened"],
    ["ops", "list"],
  ];
  let text = "";
  for (const argv of steps) text += `${transcript(argv, await here.run(...argv))}\n`;
  await expect(settled(text, here)).toMatchFileSnapshot("golden/kept-ops.txt");
  expect(here.kept()).toEqual([]);
  expect(here.named("Perhaps")).toBe(1);
});

test("its id is on stdout and in the words that say where to look, also as JSON", async () => {
  const { run, fail } = await machine();
  fail(lostCreate);
  const plain = await run("groups", "create", "Lost");
  expect(plain.err).toContain(`Look before you repeat it. See ops show ${plain.out.trim()}.`);
  const json = await run("groups", "create", "Lost too", "--json");
  const { operation } = JSON.parse(json.out) as { readonly operation: string };
  expect(JSON.parse(json.err)).toMatchObject({ error: { kind: "unknown", exit: 5, operation } });
  const applied = await run("groups", "apply", "-f", "groups.yaml");
  expect(applied).toMatchObject({
    code: 5,
    out: expect.stringMatching(/^failed create \(new\) Planned \(op_\w{26}\)\n$/),
  });
});

test("a create is sent again only where two groups are better than none, and is kept no more when it is done", async () => {
  const here = await machine();
  const id = await lost(here, "Twice");
  expect((await here.run("ops", "resolve", id, "--outcome", "retried")).code).toBe(2);
  expect(here.named("Twice")).toBe(1);
  const again = ["ops", "resolve", id, "--outcome", "retried", "--accept-duplicate-risk"];
  here.fail(lostCreate);
  const lostAgain = await here.run(...again);
  expect(lostAgain).toMatchObject({ code: 5, out: `${id}\n` });
  here.fail({ op: "groupadd", effect: "refuse", error: "LIMIT", code: 429 });
  expect((await here.run(...again)).code).toBe(1);
  // A refusal says nothing of what was sent before.
  expect(here.kept()).toEqual([`${id}.json`]);
  here.fail();
  expect(await here.run(...again)).toEqual({ code: 0, out: `${id} is resolved\n`, err: "" });
  expect(here.named("Twice")).toBe(3);
  expect(here.kept()).toEqual([]);
});

test("a profile of another name that asks the same app lists and settles what was sent", async () => {
  const here = await machine();
  const id = await lost(here, "Renamed");
  const as = ["--profile", "renamed"];
  const listed = JSON.parse((await here.run("ops", "list", "--json", ...as)).out) as object;
  expect(listed).toEqual({ v: 1, operations: [expect.objectContaining({ id, profile: "local" })] });
  expect((await here.run("ops", "resolve", id, "--outcome", "happened", ...as)).code).toBe(0);
  expect(here.kept()).toEqual([]);
});

describe("with another credential than it was sent with", () => {
  /** A machine whose profile has another token since a group was asked for, and the id of that. */
  async function changed(edit: (text: string) => string = (text) => text) {
    const here = await machine();
    const id = await lost(here, "Elsewhere");
    const path = join(here.folder, `${id}.json`);
    writeFileSync(path, edit(readFileSync(path, "utf8").replace(/sha256:[0-9a-f]{4}…/, "sha256:zzzz…")));
    return { ...here, id, again: ["ops", "resolve", id, "--outcome", "retried", "--accept-duplicate-risk"] };
  }

  test("a change is not sent again, and what to do is said", async () => {
    const { id, run, again, kept, named } = await changed();
    const { code, out, err } = await run(...again);
    expect([code, out, err.replace(/(?<=now \()sha256:[0-9a-f]{4}/, "sha256:<now>")]).toEqual([
      7,
      "",
      `mesibo-groups: ${id} was sent with another credential (sha256:zzzz…) than the profile local has now (sha256:<now>…), and may go to another app. Nothing was sent. Give the profile the credential of then, or say whether it happened; a change that did not happen is then made anew.\n`,
    ]);
    expect([kept(), named("Elsewhere")]).toEqual([[`${id}.json`], 1]);
  });

  test("it is settled by what people have seen", async () => {
    const { id, run, kept } = await changed();
    expect((await run("ops", "resolve", id, "--outcome", "happened")).code).toBe(0);
    expect(kept()).toEqual([]);
  });

  test("what was kept without a fingerprint is sent again", async () => {
    const { run, again, named } = await changed((text) => text.replace(',"credential":"sha256:zzzz…"', ""));
    expect((await run(...again)).code).toBe(0);
    expect(named("Elsewhere")).toBe(2);
  });
});

test("of a list of members only those whose call was lost are kept, and they are sent again as they were", async () => {
  const { run, fail, kept } = await machine();
  fail({ op: "groupeditmembers", effect: "close", when: "before", after: 1 });
  const lost = await run("members", "import", "102529", "list.txt", "--json");
  fail();
  expect(lost.code).toBe(5);
  const { done, unknown } = JSON.parse(lost.out) as {
    readonly done: readonly string[];
    readonly unknown: readonly { readonly address: string; readonly operation: string }[];
  };
  expect([done.length, unknown.length]).toEqual([100, 20]);
  const [id = ""] = new Set(unknown.map(({ operation }) => operation));
  expect(kept()).toEqual([`${id}.json`]);
  const shown = JSON.parse((await run("ops", "show", id, "--json")).out) as {
    readonly operation: { readonly kind: string; readonly request: unknown };
  };
  expect(shown.operation).toMatchObject({ kind: "edit_members", gid: 102529, state: "unknown" });
  expect(JSON.stringify(shown.operation.request)).toContain(unknown.map(({ address }) => address).join(","));
  expect((await run("ops", "resolve", id, "--outcome", "retried")).code).toBe(0);
  const listed = await run("members", "list", "102529", "--json");
  for (const address of people) expect(listed.out).toContain(address);
});

test.each([
  ["done", [], ["groups", "create", "A"], 0],
  ["refused", [], ["groups", "delete", "5", "--confirm", "5"], 8],
  ["not sent", [{ effect: "refuse", error: "AUTHFAIL", code: 401 }], ["groups", "create", "A"], 3],
  ["a lost read", [{ effect: "close", when: "after" }], ["groups", "list"], 4],
] as const)("nothing is kept of what is %s", async (_, rules, argv, code) => {
  const { run, fail, kept } = await machine();
  fail(...rules);
  expect((await run(...argv)).code).toBe(code);
  expect(kept()).toEqual([]);
});

test("only the owner may read what is kept, and it holds what was asked for without the token", async () => {
  const here = await machine();
  const id = await lost(here, "Private");
  const modeOf = (path: string): number => statSync(path).mode & 0o777;
  expect([modeOf(here.folder), modeOf(join(here.folder, `${id}.json`))]).toEqual([0o700, 0o600]);
  expect(JSON.parse(filesIn(here.folder).join(""))).toEqual({
    version: 1,
    id,
    kind: "create_group",
    gid: null,
    profile: { name: "local", url: here.url, credential: expect.stringMatching(/^sha256:[0-9a-f]{4}…$/) },
    request: { op: "groupadd", group: expect.objectContaining({ name: "Private" }) },
    created_at: expect.any(Number),
    sender: null,
    detail: expect.stringContaining("groupadd: sent, but no usable answer"),
  });
});

test("what many programs lose at once is kept of each", async () => {
  const { run, fail } = await machine();
  fail(lostCreate);
  const ids = await Promise.all(
    Array.from({ length: 20 }, async (_, index) =>
      (await run("groups", "create", `Lost ${index}`)).out.trim(),
    ),
  );
  const { out } = await run("ops", "list", "--ndjson");
  const listed = out
    .trimEnd()
    .split("\n")
    .map((line) => (JSON.parse(line) as { readonly id: string }).id);
  expect(listed.toSorted()).toEqual(ids.toSorted());
});

const damages: readonly (readonly [string, (path: string, text: string) => void])[] = [
  ["half of it is there", (path, text) => writeFileSync(path, text.slice(0, 40))],
  [
    "it was made at no time that there is",
    (path, text) => writeFileSync(path, text.replace(/(?<="created_at":)\d+/, "9007199254740991")),
  ],
  [
    "every process is its sender",
    (path, text) =>
      writeFileSync(path, text.replace('"sender":null', '"sender":{"machine":"m","pid":-1,"at":0}')),
  ],
  [
    "a folder is in its place",
    (path) => {
      rmSync(path);
      mkdirSync(path);
    },
  ],
];

test.each(damages)("a damaged file is told and set aside, and hides no other: %s", async (_, damage) => {
  const here = await machine();
  const [one, two] = [await lost(here, "One"), await lost(here, "Two")];
  const path = join(here.folder, `${one}.json`);
  damage(path, readFileSync(path, "utf8"));
  const listed = await here.run("ops", "list");
  expect(listed.err).toBe(
    `What is kept of ${one} cannot be read; it was set aside as ${here.folder}/${one}.json.damaged. It stands for a change that may have happened.\n`,
  );
  expect(listed.out).toContain(two);
  expect(listed.out).not.toContain(one);
  expect(here.kept()).toEqual([`${one}.json.damaged`, `${two}.json`]);
  expect((await here.run("ops", "list")).err).toBe("");
});

test("where so much is unknown that no more fits, that is said and nothing is sent", async () => {
  const { run, folder, named } = await machine();
  mkdirSync(folder, { recursive: true });
  for (let index = 0; index < MAX_KEPT; index += 1)
    writeFileSync(join(folder, `op_${String(index).padStart(26, "0")}.json`), "");
  expect(await run("groups", "create", "Full")).toEqual({
    code: 4,
    out: "",
    err: `mesibo-groups: groupadd: not sent, nothing happened. 1,000 changes of unknown outcome are kept in ${folder}, and no more fit. Settle some first: see ops list.\n`,
  });
  expect(named("Full")).toBe(0);
  expect(await run("members", "import", "102529", "list.txt")).toMatchObject({
    code: 4,
    err: expect.stringContaining("no more fit. Settle some first: see ops list."),
  });
});

test("where nothing can be written a change is made, and an unknown one says that it is not kept", async () => {
  const { run, fail, home, named } = await machine();
  writeFileSync(join(home, ".local"), "");
  expect((await run("groups", "create", "Made")).code).toBe(0);
  fail(lostCreate);
  const { code, out, err } = await run("groups", "create", "Lost");
  expect({ code, out, made: named("Made") }).toEqual({ code: 5, out: "", made: 1 });
  expect(err).toMatch(
    /no usable answer \(\w+; and it could not be kept: \S+ cannot be written \(ENOTDIR\)\./,
  );
  rmSync(join(home, ".local"));
});

test("a read-only profile sees what is unknown, and settles nothing", async () => {
  const here = await machine();
  const id = await lost(here, "Seen");
  const config = join(here.home, ".config/mesibo-groups/config.json");
  writeFileSync(
    config,
    readFileSync(config, "utf8").replace('"kind":"mock"', '"kind":"mock","read_only":true'),
  );
  expect((await here.run("ops", "list")).out).toContain(id);
  expect(await here.run("ops", "resolve", id, "--outcome", "did_not_happen")).toMatchObject({
    code: 2,
    err: expect.stringContaining("is read-only"),
  });
  expect(here.kept()).toEqual([`${id}.json`]);
});

test("the mock inside a command keeps nothing, and says so", async () => {
  const { run } = await machine();
  expect(await run("ops", "list", "--profile", "embedded")).toMatchObject({
    code: 2,
    err: expect.stringContaining("The mock inside this command keeps nothing."),
  });
});

describe("a program that is killed in the middle of a call", () => {
  const program = fileURLToPath(new URL("../../src/cli.ts", import.meta.url));

  /** A server that takes a request and never answers, and how it says that one has come. */
  async function silent() {
    const server = createServer((request) => {
      request.resume().on("end", () => server.emit("taken"));
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const { port } = server.address() as AddressInfo;
    return { url: `http://127.0.0.1:${port}/`, taken: once(server, "taken") };
  }

  test("leaves what it sent: under way while it lives, and then of unknown outcome", async () => {
    const { url, taken } = await silent();
    const { home, run } = await machine({ url });
    const child = spawn(
      process.execPath,
      ["--conditions=@mesibo-groups/source", program, "groups", "create", "Killed"],
      { stdio: "ignore", env: { PATH: process.env["PATH"], HOME: home } },
    );
    await taken;
    const during = await run("ops", "list", "--json");
    const [sending] = (JSON.parse(during.out) as { readonly operations: readonly { readonly id: string }[] })
      .operations;
    expect(sending).toMatchObject({ kind: "create_group", state: "sending", detail: "" });
    const id = sending?.id ?? "";
    expect(await run("ops", "resolve", id, "--outcome", "did_not_happen")).toMatchObject({
      code: 7,
      err: expect.stringContaining(`is on its way: process ${child.pid} on `),
    });
    child.kill("SIGKILL");
    await once(child, "close");
    const after = await run("ops", "show", id, "--json");
    expect(JSON.parse(after.out)).toMatchObject({
      operation: { ...sending, state: "unknown", detail: "The program ended before the answer came." },
    });
    expect((await run("ops", "resolve", id, "--outcome", "did_not_happen")).code).toBe(0);
  });
});
