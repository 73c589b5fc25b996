import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { text } from "node:stream/consumers";
import { afterAll, expect, test } from "vitest";
import { createRandom } from "../../src/faults/random.ts";

// Each round: start the built program on the same file, load it, kill -9 after a random number of answers, start it
// again and compare what it has with what it had acknowledged.

const SEED = Number(process.env["MESIBO_SEED"] ?? Math.floor(Math.random() * 1e9));
const ROUNDS = process.env["MESIBO_LONG"] === "1" ? 200 : 20;
const CALLERS = 16;
const bin = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "mesibo-killed-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

interface Running {
  readonly child: ChildProcess;
  readonly url: string;
}

async function start(data: string, flags: readonly string[]): Promise<Running> {
  const args = [bin, "--port", "0", "--json", "--data", data, ...flags];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const line = await Promise.race([
    once(child.stdout, "data").then(([bytes]) => String(bytes)),
    once(child, "exit").then(([code]) => `it ended with ${String(code)}`),
  ]);
  return { child, url: (JSON.parse(line) as { url: string }).url };
}

async function kill({ child }: Running): Promise<void> {
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}

type Answer = Readonly<Record<string, unknown>>;

async function ask(url: string, body: Answer): Promise<Answer> {
  const answer = await fetch(url, { method: "POST", body: JSON.stringify({ token: "t", ...body }) });
  return (await answer.json()) as Answer;
}

/** Makes groups until the server is gone. */
async function caller(url: string, names: () => string, done: (name: string) => void): Promise<void> {
  for (;;) {
    const name = names();
    try {
      const { result } = await ask(url, { op: "groupadd", group: { name } });
      if (result === true) done(name);
    } catch {
      return;
    }
  }
}

async function namesIn(url: string): Promise<readonly string[]> {
  const { groups } = await ask(url, { op: "groupsget", count: 100_000 });
  return (groups as readonly { name: string }[]).map(({ name }) => name);
}

test.each([
  ["", []],
  [" with --fsync", ["--fsync"]],
])(
  `killed at ${ROUNDS} random moments under load%s, it loses nothing that it acknowledged and has nothing twice (MESIBO_SEED=${SEED})`,
  { timeout: 600_000 },
  async (_, flags) => {
    const data = join(folder, `${flags.length}.db`);
    const random = createRandom(SEED);
    const acknowledged = new Set<string>();
    const asked = new Set<string>();
    const name = (): string => {
      const next = `group ${asked.size}`;
      asked.add(next);
      return next;
    };
    for (let round = 0; round < ROUNDS; round += 1) {
      const running = await start(data, flags);
      const kept = await namesIn(running.url);
      expect(new Set(kept).size).toBe(kept.length);
      expect([...acknowledged].filter((each) => !kept.includes(each))).toEqual([]);
      expect(kept.filter((each) => !asked.has(each))).toEqual([]);
      // What was not acknowledged may be there; from now on it must stay.
      for (const each of kept) acknowledged.add(each);
      let left = 1 + Math.floor(random() * 200);
      const ended = once(running.child, "exit");
      const done = (each: string): void => {
        acknowledged.add(each);
        left -= 1;
        if (left === 0) running.child.kill("SIGKILL");
      };
      const callers = Array.from({ length: CALLERS }, () => caller(running.url, name, done));
      expect(await ended).toEqual([null, "SIGKILL"]);
      await Promise.all(callers);
    }
    expect(acknowledged.size).toBeGreaterThan(ROUNDS);
  },
);

test("on a full disk nothing is acknowledged that is not kept, and the file opens again", async () => {
  const data = join(folder, "full.db");
  // A limit on the size of files stands for the disk: 64 blocks of 1 KiB.
  const script = `ulimit -f 64; exec "$0" "$@"`;
  const args = [process.execPath, bin, "--port", "0", "--json", "--data", data];
  const child = spawn("bash", ["-c", script, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  const told = text(child.stderr);
  const line = await once(child.stdout, "data").then(String);
  const { url } = JSON.parse(line) as { url: string };
  const acknowledged: string[] = [];
  let refused: Answer = {};
  for (let index = 0; index < 5_000 && refused["error"] === undefined; index += 1) {
    const name = `group ${index}`;
    const answer = await ask(url, { op: "groupadd", group: { name } });
    if (answer["result"] === true) acknowledged.push(name);
    else refused = answer;
  }
  expect(refused).toMatchObject({
    error: "MOCKDEFECT",
    cause: expect.stringMatching(
      /^The mock could not write to its data file \(.+\), so this may be gone after a restart\.$/,
    ),
  });
  const problem = await fetch(new URL("/_mock/worlds/other", url), { method: "PUT" });
  expect([problem.status, await problem.json()]).toMatchObject([
    500,
    { type: "urn:mesibo-mock:problem:not-kept", detail: expect.stringContaining("Make room") },
  ]);
  await kill({ child, url });
  expect((await told).split("\n")).toEqual([
    expect.stringMatching(/^mesibo-mock: --data .*full\.db cannot be written any more: .+\. Make room/),
    "",
  ]);
  const again = await start(data, []);
  const kept = await namesIn(again.url);
  expect(acknowledged.filter((each) => !kept.includes(each))).toEqual([]);
  expect(acknowledged.length).toBeGreaterThan(10);
  await kill(again);
});
