import { allPermissions, createClient, flagPresets, type CallRecord, type Client } from "@mesibo-groups/core";
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { asHar, asScript } from "../src/call/archive.ts";
import { asCode } from "../src/call/code.ts";
import { callFormats } from "../src/call/format.ts";
import { API_KEY, startGateway, type RunningGateway } from "./support/gateway.ts";

const run = promisify(execFile);
const node = ["--conditions=@mesibo-groups/source", "--input-type=module", "-e"] as const;
const here = fileURLToPath(new URL("..", import.meta.url));
const env = { ...process.env, GATEWAY_API_KEY: API_KEY };

let gateway: RunningGateway;
let gid: number;

/** Everything that a shell or JSON gives a meaning to. */
const NASTY = `it's "$HOME" \`id\` $(id) \\ %41 & + = ü @f $GATEWAY_API_KEY !x`;

beforeAll(async () => {
  gateway = await startGateway();
  gid = (await createClient({ gateway: { url: gateway.url, key: API_KEY } }).groups.create({ name: "first" }))
    .gid;
}, 60_000);

afterAll(() => gateway.close());

async function recorded(call: (client: Client) => Promise<unknown>): Promise<CallRecord> {
  const records: CallRecord[] = [];
  const onCall = (record: CallRecord): void => void records.push(record);
  await call(createClient({ gateway: { url: gateway.url, key: API_KEY }, onCall }));
  const [record] = records;
  if (record === undefined) throw new Error("no call was recorded");
  return record;
}

async function output(file: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await run(file, args, { env, cwd: here });
  return stdout.trim();
}

const calls = {
  "a group": (client) => client.groups.create({ name: NASTY, flags: flagPresets.broadcast }),
  "a change": (client) => client.groups.edit({ gid, name: "it's new" }),
  "a member": (client) =>
    client.members.add({ gid, addresses: ["alice@example.com"], permissions: allPermissions }),
  "a removal": (client) => client.members.remove({ gid, addresses: ["bob@example.com"] }),
  "a list": (client) => client.groups.list({ count: 7, pattern: "f*" }),
} satisfies Record<string, (client: Client) => Promise<unknown>>;

// Each way makes the call again, so a new group has the next gid, and every answer its own time and version.
const settled = (text = ""): unknown =>
  text === ""
    ? ""
    : JSON.parse(
        text
          .replaceAll(/"(gid|version)":\d+/g, '"$1":0')
          .replaceAll(/"[^"]*_at":"[^"]*"/g, '"at":0')
          .replaceAll(/op_\w+/g, "op"),
      );

describe.each(Object.entries(calls))("%s through a gateway, as code", (_, call) => {
  test("holds no key, and gets the same answer with curl and with fetch", async () => {
    const record = await recorded(call);
    for (const format of callFormats) expect(asCode(record, format)).not.toContain(API_KEY);
    const expected = settled(record.answer);
    expect(settled(await output("bash", "-c", asCode(record, "curl")))).toEqual(expected);
    expect(settled(await output(process.execPath, ...node, asCode(record, "fetch")))).toEqual(expected);
  });

  test("does the same with the client", async () => {
    const answer = await output(process.execPath, ...node, asCode(await recorded(call), "client"));
    expect(JSON.parse(answer)).toBeTypeOf("object");
  });
});

test("HTTPie gets the method, the key, a fresh Idempotency-Key and the body", async () => {
  const code = asCode(await recorded(calls["a group"]), "httpie");
  // HTTPie need not be installed: a function of its name takes the words that the shell makes.
  const words = (await output("bash", "-c", `http() { printf '%s\\0' "$@"; }; ${code}`)).split("\0");
  expect(words).toEqual([
    "--ignore-stdin",
    `--raw=${JSON.stringify({ name: NASTY, flag: 1 })}`,
    "POST",
    `${gateway.url}/v1/groups`,
    `authorization:Bearer ${API_KEY}`,
    expect.stringMatching(/^idempotency-key:[\da-f]{32}$/),
    "content-type:application/json",
    "",
  ]);
});

test("a script wants the key, and an archive names its variable", async () => {
  const record = await recorded(calls["a list"]);
  const script = asScript([record]);
  await expect(run("sh", ["-c", script], { env: { PATH: process.env["PATH"] } })).rejects.toThrow(
    "GATEWAY_API_KEY: set it to the API key",
  );
  expect(settled(await output("sh", "-c", script))).toEqual(settled(record.answer));
  const { log } = JSON.parse(asHar([record])) as { readonly log: { readonly entries: readonly object[] } };
  expect(log.entries).toMatchObject([
    {
      request: {
        method: "GET",
        headers: [
          { name: "authorization", value: "Bearer $GATEWAY_API_KEY" },
          { name: "accept", value: "application/json" },
        ],
        queryString: [
          { name: "limit", value: "1000" },
          { name: "filter[name]", value: "f*" },
        ],
      },
    },
  ]);
});
