import { createClient, flagPresets, noPermissions, type CallRecord, type Client } from "@mesibo-groups/core";
import { startMock, type RunningMock } from "@mesibo-groups/mock-server";
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { asScript } from "../src/call/archive.ts";
import { asCode } from "../src/call/code.ts";
import type { CallFormat } from "../src/call/format.ts";

const run = promisify(execFile);
const TOKEN = "canary-5f1c0ffee-token";
// The sources of core, so that no build is needed.
const node = ["--conditions=@mesibo-groups/source", "--input-type=module", "-e"] as const;
const here = fileURLToPath(new URL("..", import.meta.url));

/** Everything that a shell, a form or JSON gives a meaning to. */
const NASTY = `it's "$HOME" \`id\` $(id) \\ %41 & + = ü @f\n$MESIBO_APP_TOKEN !x`;

const calls = {
  "a group": (client) => client.groups.create({ name: NASTY, flags: flagPresets.broadcast }),
  members: (client) =>
    client.members.add({ gid: 102529, addresses: ["it's@example.com"], permissions: noPermissions }),
  "a list": (client) => client.groups.list({ count: 7 }),
} satisfies Record<string, (client: Client) => Promise<unknown>>;

let mock: RunningMock;

beforeEach(async () => {
  // A time that stands still, since answers tell how long a group has to live.
  mock = await startMock({ port: 0, tokens: [TOKEN], now: () => 1_800_000_000 });
});

afterEach(() => mock.close());

async function recorded(
  dialect: "json" | "form",
  call: (client: Client) => Promise<unknown>,
): Promise<CallRecord> {
  const records: CallRecord[] = [];
  const client = createClient({
    token: TOKEN,
    url: mock.url,
    dialect,
    onCall: (record) => records.push(record),
  });
  await client.users.create({ address: "it's@example.com" });
  await client.groups.create({ name: "first" });
  await call(client);
  const record = records.at(-1);
  if (record === undefined) throw new Error("no call was recorded");
  return record;
}

const env = { ...process.env, MESIBO_APP_TOKEN: TOKEN };

async function output(file: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await run(file, args, { env, cwd: here });
  return stdout.trim();
}

// Each way makes the call again, so a new group has the next gid.
const withoutGid = (text = ""): unknown => JSON.parse(text.replaceAll(/"gid":\d+/g, '"gid":0'));

/** The name of the newest group, and the members of the oldest. */
function world(): unknown {
  const groups = mock.world(TOKEN).groups();
  return { name: groups.at(-1)?.name, members: groups[0]?.members.map(({ address }) => address) };
}

for (const dialect of ["json", "form"] as const) {
  for (const [name, call] of Object.entries(calls)) {
    const again = async (
      format: CallFormat,
    ): Promise<{ record: CallRecord; code: string; before: unknown }> => {
      const record = await recorded(dialect, call);
      const code = asCode(record, format);
      expect(code).not.toContain(TOKEN);
      return { record, code, before: world() };
    };

    test(`the curl command of ${name} as ${dialect} gets the same answer`, async () => {
      const { record, code, before } = await again("curl");
      const answer = await output("bash", "-c", code);
      if (name !== "a list") expect(withoutGid(answer)).toEqual(withoutGid(record.answer));
      expect(JSON.parse(answer)).toMatchObject({ op: record.op, result: true });
      expect(world()).toEqual(before);
    });

    test(`the fetch code of ${name} as ${dialect} gets the same answer`, async () => {
      const { record, code, before } = await again("fetch");
      const answer = await output(process.execPath, ...node, code);
      expect(withoutGid(answer)).toEqual(withoutGid(record.answer));
      expect(world()).toEqual(before);
    });

    test(`the client code of ${name} as ${dialect} does the same`, async () => {
      const { record, code, before } = await again("client");
      const answer = await output(process.execPath, ...node, code);
      expect(JSON.parse(answer)).toBeTypeOf("object");
      expect(record.outcome).toBe("done");
      expect(world()).toEqual(before);
    });

    test(`the HTTPie command of ${name} as ${dialect} hands over the same body`, async () => {
      const { record, code } = await again("httpie");
      // HTTPie need not be installed: a function of its name takes the words that the shell makes.
      const words = (await output("bash", "-c", `http() { printf '%s\\0' "$@"; }; ${code}`)).split("\0");
      expect(words).toEqual([
        "--ignore-stdin",
        expect.stringMatching(/^--raw=/),
        "POST",
        record.url,
        `content-type:${record.contentType}`,
        "",
      ]);
      const body = words[1]?.slice("--raw=".length);
      const sent = await fetch(record.url, {
        method: "POST",
        headers: { "content-type": record.contentType },
        body: body ?? "",
      });
      expect(withoutGid(await sent.text())).toEqual(withoutGid(record.answer));
    });
  }
}

test("calls as a script run in their order, and ask for the token where it is missing", async () => {
  const records: CallRecord[] = [];
  const client = createClient({ token: TOKEN, url: mock.url, onCall: (record) => records.unshift(record) });
  await client.users.create({ address: "zoe" });
  const { gid } = await client.groups.create({ name: "one" });
  await client.members.add({ gid, addresses: ["zoe"], permissions: noPermissions });
  const script = asScript(records);
  const answers = (await output("sh", "-c", script))
    .split("\n")
    .map((line) => JSON.parse(line) as { op: string });
  expect(answers.map(({ op }) => op)).toEqual(["useradd", "groupadd", "groupeditmembers"]);
  await expect(run("sh", ["-c", script], { env: { PATH: process.env["PATH"] } })).rejects.toThrow(
    "MESIBO_APP_TOKEN: set it to the app token",
  );
});
