import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createMock, demoSeed, startMock, type MockOptions, type RunningMock } from "../../src/index.ts";
import { createAgent, sendRaw, type Raw } from "../support/raw.ts";
import { control } from "../support/control.ts";

const run = promisify(execFile);
const agent = createAgent();
const TOKEN = "token-of-this-test";
const json = { "content-type": "application/json" };

/** Requests that are hard to write down: each kind of body, quotes, other scripts, wrong types, odd methods. */
const requests: readonly Raw[] = [
  { method: "GET", target: `/api.php?op=useradd&token=${TOKEN}&addr=o%27hara&appid=a` },
  { method: "GET", target: `/backend/?op=groupadd&token=${TOKEN}&name=it's+%22x%22+%24HOME+%60id%60+!` },
  { method: "GET", target: `/backend/?op=groupeditmembers&token=${TOKEN}&gid=102529&m[]=o'hara&m[]={a,b}` },
  {
    method: "POST",
    target: "/backend/",
    headers: json,
    body: `{"op":"groupadd","token":"${TOKEN}","group":{"name":"Ünï 😀\\n'x' \\"y\\" \${z} \`w\` \\\\ \\u0007"}}`,
  },
  { method: "PUT", target: "/backend", headers: json, body: `{ "op": "groupset",\r\n "token": "${TOKEN}" }` },
  {
    method: "POST",
    target: "/api.php?op=groupsget",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: `token=${TOKEN}&count=5&sig=it's`,
  },
  { method: "POST", target: "/backend/", body: `op=usersget&token=${TOKEN}` },
  { method: "GET", target: "/mesiboapi", headers: json, body: `{"op":"groupsget","token":"${TOKEN}"}` },
  { method: "POST", target: `/backend/?token=${TOKEN}`, headers: json, body: "{'op': 'groupadd'}" },
  {
    method: "POST",
    target: `/backend/?token=${TOKEN}&op=nope`,
    headers: { "content-type": "text/x;a='b'" },
    body: "@f",
  },
  { method: "DELETE", target: `/backend/?op=groupdel&token=${TOKEN}&gid=102529` },
  { method: "GET", target: `/backend/?op=groupdel&token=${TOKEN}&gid=102529` },
];

const mocks: RunningMock[] = [];
async function start(options: MockOptions = {}): Promise<RunningMock> {
  const mock = await startMock({ now: () => 1_800_000_000, ...options });
  mocks.push(mock);
  return mock;
}

async function recorded(options: MockOptions = {}): Promise<RunningMock> {
  const mock = await start(options);
  for (const raw of requests) await sendRaw(mock.url, raw, agent);
  return mock;
}

const exportOf = async (mock: RunningMock, as: string, limit = 100): Promise<string> =>
  (await control(mock, "GET", `/worlds/${TOKEN}/requests?as=${as}&limit=${limit}`)).text;

const answersOf = (mock: RunningMock): readonly string[] =>
  mock
    .world(TOKEN)
    .requests()
    .map(({ answer }) => answer);

const packageFolder = fileURLToPath(new URL("../..", import.meta.url));
let folder = "";
beforeAll(async () => {
  // Inside the package, so that its own name resolves; hidden, so that no type check meets it.
  folder = await mkdtemp(join(packageFolder, "test", ".tmp-export-"));
});
afterAll(async () => {
  agent.destroy();
  await rm(folder, { recursive: true });
  for (const mock of mocks) await mock.close();
});

describe("as curl", () => {
  test("the script runs in bash against a fresh mock, and gets the same answers", async () => {
    const mock = await recorded();
    const expected = answersOf(mock);
    const script = await exportOf(mock, "curl");
    mock.world(TOKEN).reset();
    const { stdout, stderr } = await run("bash", ["--norc", "-euc", script], {
      env: { ...process.env, MESIBO_APP_TOKEN: TOKEN },
    });
    expect(stderr).toBe("");
    expect(answersOf(mock)).toEqual(expected);
    expect(stdout.trim().split("\n").length).toBe(requests.length);
    const methods = mock
      .world(TOKEN)
      .requests()
      .map(({ method }) => method);
    expect(methods).toEqual(requests.map(({ method }) => method));
  });

  test("without the token it says what to do, and sends nothing", async () => {
    const mock = await recorded();
    const script = await exportOf(mock, "curl", 1);
    const env = Object.fromEntries(
      Object.entries(process.env).filter(([name]) => name !== "MESIBO_APP_TOKEN"),
    );
    await expect(run("bash", ["--norc", "-c", script], { env })).rejects.toMatchObject({
      stderr: expect.stringContaining(
        "MESIBO_APP_TOKEN: export it first, since the journal keeps no token",
      ) as string,
    });
    expect(mock.world(TOKEN).requests().length).toBe(requests.length);
  });

  test("HEAD is asked as HEAD and not waited for, and what was cut says so", async () => {
    const mock = await start();
    await sendRaw(mock.url, { method: "HEAD", target: `/backend/?op=groupsget&token=${TOKEN}` }, agent);
    const body = `op=groupadd&token=${TOKEN}&name=${"x".repeat(20_000)}`;
    await sendRaw(mock.url, { method: "POST", target: "/backend/", body }, agent);
    const script = await exportOf(mock, "curl");
    expect(script).toContain("# The body of request 2 was cut: it is too long for the journal.");
    mock.world(TOKEN).reset();
    await run("bash", ["--norc", "-euc", script], { env: { ...process.env, MESIBO_APP_TOKEN: TOKEN } });
    expect(mock.world(TOKEN).requests()[0]?.method).toBe("HEAD");
  });
});

describe("as a vitest file", () => {
  async function runs(
    name: string,
    text: string,
  ): Promise<{ readonly passed: number; readonly failed: number }> {
    const file = join(folder, `${name}.test.ts`);
    await writeFile(file, text);
    const report = join(folder, `${name}.json`);
    const vitest = fileURLToPath(new URL("vitest.mjs", import.meta.resolve("vitest/package.json")));
    const args = [vitest, "run", file, "--reporter=json", `--outputFile=${report}`];
    await run(process.execPath, args, { cwd: packageFolder }).catch(() => undefined);
    const found = JSON.parse(await readFile(report, "utf8")) as {
      readonly numPassedTests: number;
      readonly numFailedTests: number;
    };
    return { passed: found.numPassedTests, failed: found.numFailedTests };
  }

  test("it passes against a mock of its own", { timeout: 60_000 }, async () => {
    const text = await exportOf(await recorded(), "vitest");
    expect(await runs("empty", text)).toEqual({ passed: requests.length, failed: 0 });
  });

  test("it starts with the demo team where its world did", { timeout: 60_000 }, async () => {
    const text = await exportOf(await recorded({ seed: demoSeed }), "vitest");
    expect(text).toContain("const mock = createMock({ seed: demoSeed });");
    expect(await runs("demo", text)).toEqual({ passed: requests.length, failed: 0 });
  });

  test("what is left of a lifetime may be anything, as v1 and as v2 write it", async () => {
    const text = await exportOf(await recorded({ seed: demoSeed }), "vitest");
    const left = text.matchAll(/"(expinsec|expiry)": ([\w."()]+)/g);
    expect([...new Set([...left].map(([, name, value]) => `${name} ${value}`))].toSorted()).toEqual([
      "expinsec expect.any(Number)",
      "expinsec expect.any(String)",
    ]);
  });

  test("it says what it cannot tell again: earlier requests, another seed, a body that was cut", async () => {
    const mock = createMock({ seed: { users: ["a"], groups: [] }, journal: 1 });
    await mock.fetch(`${mock.url}?op=groupsget&token=${TOKEN}`, {});
    const body = `op=groupadd&token=${TOKEN}&name=${"x".repeat(20_000)}`;
    await mock.fetch(mock.url, { method: "POST", body });
    const { text } = await control(mock, "GET", `/worlds/${TOKEN}/requests?as=vitest`);
    expect(text).toBe(
      [
        'import { createMock } from "@mesibo-groups/mock-server";',
        'import { expect, test } from "vitest";',
        "",
        "// Requests up to 1 came before these, and may have to come first.",
        "// The requests came to a world with a seed of its own: give it to createMock.",
        "const mock = createMock();",
        "",
        "// The body of request 2 was cut: it is too long for the journal.",
        "",
      ].join("\n"),
    );
  });
});

test("words of a fault that end a line do not leave their comment", async () => {
  const mock = createMock();
  mock.world(TOKEN).faults.set({ rules: [{ effect: "refuse", error: "A\nB\rC\u2028D\u2029E" }] });
  await mock.fetch(`${mock.url}?op=groupsget&token=${TOKEN}`, {});
  const { text } = await control(mock, "GET", `/worlds/${TOKEN}/requests?as=vitest`);
  expect(text.split(/[\n\r\u2028\u2029]/).filter((line) => line.includes("fault"))).toEqual([
    "// Request 1 is left out: a fault was injected, refused with A B C D E.",
  ]);
});

describe("as an HTTP archive", () => {
  test("it has every field that HAR 1.2 demands, and the requests as they were", async () => {
    const mock = await recorded();
    const { log } = JSON.parse(await exportOf(mock, "har")) as { readonly log: Log };
    expect(Object.keys(log).toSorted()).toEqual(["creator", "entries", "version"]);
    expect(log.version).toBe("1.2");
    expect(log.creator).toEqual({ name: "mesibo-mock", version: expect.any(String) as string });
    expect(log.entries.length).toBe(requests.length);
    for (const [
      index,
      { startedDateTime, time, request, response, cache, timings },
    ] of log.entries.entries()) {
      const raw = requests[index];
      expect(new Date(startedDateTime).toISOString()).toBe(startedDateTime);
      expect({ time, cache, timings }).toEqual({
        time: 0,
        cache: {},
        timings: { send: 0, wait: 0, receive: 0 },
      });
      expect(request).toMatchObject({
        method: raw?.method,
        url: new URL(raw?.target ?? "", mock.url).origin + (raw?.target ?? "").replace(TOKEN, "[redacted]"),
        httpVersion: "HTTP/1.1",
        cookies: [],
        headersSize: -1,
      });
      const query = new URL(request.url.replace("[redacted]", "x")).searchParams;
      expect(request.queryString.map(({ name }) => name)).toEqual([...query.keys()]);
      expect(request.postData?.text).toBe(raw?.body?.toString().replace(TOKEN, "[redacted]"));
      expect(response).toMatchObject({
        status: 200,
        statusText: "",
        httpVersion: "HTTP/1.1",
        cookies: [],
        headers: [{ name: "content-type", value: "application/json" }],
        redirectURL: "",
        headersSize: -1,
        bodySize: Buffer.byteLength(response.content.text),
      });
      expect(response.content.size).toBe(Buffer.byteLength(response.content.text));
    }
  });
});

interface Log {
  readonly version: string;
  readonly creator: unknown;
  readonly entries: readonly {
    readonly startedDateTime: string;
    readonly time: number;
    readonly cache: unknown;
    readonly timings: unknown;
    readonly request: {
      readonly url: string;
      readonly queryString: readonly { readonly name: string; readonly value: string }[];
      readonly postData?: { readonly mimeType: string; readonly text: string };
    };
    readonly response: { readonly content: { readonly size: number; readonly text: string } };
  }[];
}
