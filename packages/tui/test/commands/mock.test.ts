import { startMock, type RunningMock } from "@mesibo-groups/mock-server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCommand } from "../../src/commands/run.ts";
import { aroundOf, CANARY, emptyHome, homeWith, runIn, transcript } from "./support.ts";

let mock: RunningMock;

beforeAll(async () => {
  mock = await startMock({ tokens: [CANARY], now: () => 1_800_000_000 });
});

afterAll(() => mock.close());

const files: Record<string, string> = {
  "faults.json": '[{ "op": "groupadd", "effect": "refuse", "error": "LIMIT", "code": 429 }]',
  "seed.json": '{ "users": ["zoe"], "groups": [{ "name": "Zoo", "members": [{ "address": "zoe" }] }] }',
  "wrong.json": '{ "users": 1 }',
};

/** Runs a command with the real way to the mock. */
async function run(argv: readonly string[], home?: string) {
  const env = home === undefined ? { MESIBO_URL: mock.url, MESIBO_APP_TOKEN: CANARY } : {};
  const ended = await runIn(aroundOf(env, home ?? emptyHome()), argv, files);
  const { out, err } = ended;
  expect(out + err).not.toContain(CANARY);
  return ended;
}

const settled = (text: string): string =>
  text.replaceAll(mock.url, "<mock>").replaceAll(/2\d{3}-\d\d-\d\dT[\d:]+\.\d+Z  /g, "<moment>  ");

/** One after another, on one world. */
const lines: readonly (readonly string[])[] = [
  ["mock", "seed", "demo"],
  ["mock", "seed", "seed.json", "--json"],
  ["mock", "seed", "wrong.json"],
  ["mock", "fault", "faults.json"],
  ["groups", "create", "Ops"],
  ["mock", "fault", "--ndjson"],
  ["mock", "fault", "wrong.json"],
  ["mock", "fault", "--clear"],
  ["mock", "clock", "--advance", "31536000", "--freeze"],
  ["mock", "clock", "--no-freeze", "--now", "2030-01-01T00:00:00Z", "--json"],
  ["mock", "clock"],
  ["mock", "journal"],
  ["mock", "journal", "--last", "1", "--as", "curl"],
  ["mock", "journal", "--result", "perhaps"],
  ["mock", "reset", "--json"],
  ["groups", "list"],
];

test("a mock is driven by commands", async () => {
  let text = "";
  for (const argv of lines) text += `${transcript(argv, await run(argv))}\n`;
  await expect(settled(text)).toMatchFileSnapshot("golden/mock.txt");
});

test.each([[], ["--json"]])("a snapshot is printed and restored, as %j", async (...form) => {
  await run(["mock", "reset"]);
  await run(["mock", "seed", "demo"]);
  const { out } = await run(["mock", "snapshot", ...form]);
  await run(["mock", "reset"]);
  expect(mock.world(CANARY).groups()).toEqual([]);
  files["world.json"] = out;
  expect(await run(["mock", "snapshot", "--restore", "world.json"])).toEqual({
    code: 0,
    out: "restored: 6 users, 4 groups\n",
    err: "",
  });
  expect(
    mock
      .world(CANARY)
      .groups()
      .map(({ name }) => name),
  ).toEqual(["News", "Support", "Team", "Lobby"]);
});

test("a read-only profile looks at a mock and changes nothing of it", async () => {
  const token = [process.execPath, "-p", JSON.stringify(CANARY)];
  const look = { kind: "mock", url: mock.url, read_only: true, token_command: token };
  const home = homeWith({ version: 1, default: "look", profiles: { look } });
  expect((await run(["mock", "reset"], home)).err).toContain("The profile look is read-only");
  expect((await run(["mock", "clock", "--freeze"], home)).code).toBe(2);
  expect((await run(["mock", "clock"], home)).code).toBe(0);
});

test("a mock that does not know the token, or is gone, says so", async () => {
  const gone = await startMock();
  await gone.close();
  const ask = async (env: NodeJS.ProcessEnv) => {
    let err = "";
    const io = {
      out: () => undefined,
      err: (text: string) => void (err += text),
      read: async () => "",
      write: async () => undefined,
    };
    const signal = new AbortController().signal;
    return { code: await runCommand(["mock", "clock"], { io, around: aroundOf(env), signal }), err };
  };
  expect(await ask({ MESIBO_URL: mock.url, MESIBO_APP_TOKEN: "some-other-token" })).toMatchObject({
    code: 8,
  });
  expect(await ask({ MESIBO_URL: gone.url, MESIBO_APP_TOKEN: "some-other-token" })).toEqual({
    code: 4,
    err: "mesibo-groups: The mock cannot be reached. Start one with mock start.\n",
  });
});
