import { randomUUID } from "node:crypto";
import { createServer, type ServerResponse } from "node:http";
import { startMock } from "@mesibo-groups/mock-server";
import { describe, expect, test } from "vitest";
import { startBin as start } from "./support/process.ts";
import packageJson from "../package.json" with { type: "json" };

const TOKEN = "canary-app-token-0123456789";
const DATABASE_URL = ":memory:";
const KEY = "canary-api-key-0123456789";

/** Headers of a request with a new Idempotency-Key. */
const headersWith = (key: string | undefined) => ({
  authorization: `Bearer ${key}`,
  "content-type": "application/json",
  "idempotency-key": randomUUID(),
});

interface Started {
  readonly url: string;
  readonly apiKey?: string;
}

const started = async (line: Promise<string>): Promise<Started> => JSON.parse(await line) as Started;

describe("a demo", () => {
  test("prints a URL and a key, answers there over a socket, logs, and ends with SIGTERM", async () => {
    const { child, firstLine, ended } = start(["--port", "0", "--json"]);
    const { url, apiKey } = await started(firstLine);
    const headers = headersWith(apiKey);

    const created = await fetch(`${url}/v1/groups`, { method: "POST", headers, body: '{"name":"Ops"}' });
    expect([created.status, created.headers.get("location")]).toEqual([201, "/v1/groups/102533"]);
    await created.text();
    const chunked = await fetch(`${url}/v1/groups`, {
      method: "POST",
      headers: headersWith(apiKey),
      body: new Blob(['{"name":"Chunked"}']).stream(),
      duplex: "half",
    } as RequestInit);
    expect(await chunked.json()).toMatchObject({ gid: 102534, name: "Chunked" });
    // A bundler drops what it takes for useless: that the built bin refuses it too is no matter of course.
    const broken = await fetch(`${url}/v1/groups/102533/permissions/%ff`, { headers });
    expect(await broken.json()).toMatchObject({ type: "/problems/malformed" });
    const large = await fetch(`${url}/v1/groups`, { method: "POST", headers, body: "x".repeat(2_000_000) });
    expect(await large.json()).toMatchObject({ type: "/problems/too-large" });
    const listed = await fetch(`${url}/v1/groups`, { headers });
    expect(await listed.json()).toMatchObject({ items: { length: 6 } });

    child.kill("SIGTERM");
    const { code, err } = await ended;
    expect(code).toBe(0);
    const [demo, ...lines] = err.trimEnd().split("\n");
    expect(demo).toBe(
      "mesibo-gateway: no MESIBO_APP_TOKEN, so this is a demo on a mock of its own: no account, nothing is kept.",
    );
    expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
      { event: "request", method: "POST", route: "/v1/groups", status: 201 },
      { status: 201 },
      { status: 400 },
      { status: 413 },
      { status: 200 },
    ]);
    expect(err).not.toContain(apiKey);
  });

  test("says in a sentence where it answers, and logs nothing when told so", async () => {
    const { child, firstLine, ended } = start(["--port", "0"], { GATEWAY_LOG: "off" });
    const sentence =
      /^The gateway answers at (http:\/\/127\.0\.0\.1:\d+)\/v1 with the API key ([\w-]{32})\. Ctrl\+C ends it\.\n$/;
    const [, url = ""] = sentence.exec(await firstLine) ?? [];
    expect(await (await fetch(`${url}/livez`)).json()).toEqual({ status: "alive" });
    child.kill("SIGINT");
    expect(await ended).toMatchObject({ code: 0, err: expect.not.stringContaining("{") });
  });

  test("is refused in production", async () => {
    expect(await start(["--port", "0"], { NODE_ENV: "production" }).ended).toEqual({
      code: 1,
      out: "",
      err: "mesibo-gateway: MESIBO_APP_TOKEN is not set, and NODE_ENV is production: there is no demo in production.\n",
    });
  });
});

describe("with an app token", () => {
  test("it calls the upstream that it is told, and neither secret is in its output", async () => {
    const mock = await startMock({ tokens: [TOKEN] });
    const env = {
      MESIBO_APP_TOKEN: TOKEN,
      MESIBO_URL: mock.url,
      GATEWAY_API_KEY: `${KEY},other-key`,
      DATABASE_URL,
    };
    const { child, firstLine, ended } = start(["--port", "0", "--json"], env);
    const { url, ...rest } = await started(firstLine);
    expect(rest).toEqual({});
    const headers = headersWith(KEY);
    const created = await fetch(`${url}/v1/groups`, { method: "POST", headers, body: '{"name":"Ops"}' });
    expect(created.status).toBe(201);
    await created.text();
    expect(mock.world(TOKEN).groups()).toMatchObject([{ name: "Ops" }]);
    child.kill("SIGTERM");
    const { code, out, err } = await ended;
    expect(code).toBe(0);
    expect(out + err).not.toContain(TOKEN);
    expect(out + err).not.toContain(KEY);
    await mock.close();
  });

  test("SIGTERM cuts no answer: what is under way ends, and then the process", async () => {
    const waiting: ServerResponse[] = [];
    const arrived = Promise.withResolvers<void>();
    const upstream = createServer((request, response) => {
      request.resume().on("end", () => {
        waiting.push(response);
        arrived.resolve();
      });
    });
    await new Promise<void>((resolve) => upstream.listen(0, "127.0.0.1", resolve));
    const address = upstream.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const env = {
      MESIBO_APP_TOKEN: TOKEN,
      MESIBO_URL: `http://127.0.0.1:${port}/`,
      GATEWAY_API_KEY: KEY,
      DATABASE_URL,
    };
    const { child, firstLine, ended } = start(["--port", "0", "--json"], env);
    const { url } = await started(firstLine);
    const headers = headersWith(KEY);
    const answer = fetch(`${url}/v1/groups`, { method: "POST", headers, body: '{"name":"Ops"}' });
    await arrived.promise;
    child.kill("SIGTERM");
    // New connections are refused only once the signal has arrived, so the wait is for that and not for a time.
    await expect.poll(() => fetch(`${url}/livez`).catch(() => "refused")).toBe("refused");
    for (const response of waiting) response.end('{"group":{"gid":20},"op":"groupadd","result":true}');
    expect(await (await answer).json()).toMatchObject({ gid: 20 });
    expect((await ended).code).toBe(0);
    upstream.closeAllConnections();
    upstream.close();
  });
});

describe("mesibo-gateway", () => {
  test.each([
    [["--prot", "1"], 2, /^mesibo-gateway: Unknown option '--prot'.* See --help\.\n$/],
    [["--port"], 2, /^mesibo-gateway: .*'--port <value>'.* See --help\.\n$/],
    [
      ["--port", "70000"],
      2,
      /^mesibo-gateway: --port must be a whole number from 0 to 65535, not 70000\.\n$/,
    ],
    [["--host", ""], 2, /^mesibo-gateway: --host must not be empty\.\n$/],
    [
      ["--host", "192.0.2.1", "--port", "0"],
      1,
      /^mesibo-gateway: 192\.0\.2\.1 is no address of this machine; .*\n$/,
    ],
    [["extra"], 2, /^mesibo-gateway: Unexpected argument 'extra'.* See --help\.\n$/],
  ])("refuses %j in one line", async (args, code, message) => {
    const ended = await start(args).ended;
    expect(ended).toMatchObject({ code, out: "" });
    expect(ended.err).toMatch(message);
  });

  test("names every variable at fault, one to a line", async () => {
    const { code, err } = await start([], { PORT: "x", MESIBO_DIALECT: "y", GATEWAY_LOG: "z" }).ended;
    expect(code).toBe(1);
    expect(err.split("\n").map((line) => line.split(" ")[1])).toEqual([
      "MESIBO_DIALECT",
      "PORT",
      "GATEWAY_LOG",
      undefined,
    ]);
  });

  test("names the port that is taken", async () => {
    const mock = await startMock();
    const { port } = new URL(mock.url);
    expect(await start(["--port", port]).ended).toEqual({
      code: 1,
      out: "",
      err: `mesibo-gateway: port ${port} is taken; choose another with --port, or 0 for any free one.\n`,
    });
    await mock.close();
  });

  test("config check prints what takes effect and where it comes from, with every secret hidden", async () => {
    const variables = {
      MESIBO_APP_TOKEN: TOKEN,
      GATEWAY_API_KEY: KEY,
      DATABASE_URL: "postgres://gateway:canary-password@db:5432/gateway?sslkey=canary-path",
      METRICS_TOKEN: "canary-metrics",
      TIMEOUT_MS: "6000",
      TRUST_PROXY: "10.0.0.0/8",
      PORT: "8080",
      GATEWAY_PORT: "1",
    };
    const { code, out, err } = await start(["config", "check"], variables).ended;
    expect([code, err]).toEqual([
      0,
      "mesibo-gateway: GATEWAY_PORT is no variable of the gateway: did you mean PORT?\n",
    ]);
    expect(
      out
        .trimEnd()
        .split("\n")
        .map((line) => line.split(/ {2,}/)),
    ).toEqual([
      ["MESIBO_APP_TOKEN", "(hidden)", "environment"],
      ["GATEWAY_API_KEY", "(hidden)", "environment"],
      ["MESIBO_URL", "https://api.mesibo.com/backend/", "default"],
      ["MESIBO_DIALECT", "json", "default"],
      ["TIMEOUT_MS", "6000", "environment"],
      ["CONNECT_TIMEOUT_MS", "2000", "default"],
      ["DEADLINE_MS", "20000", "default"],
      ["MAX_IN_FLIGHT", "8", "default"],
      ["MAX_QUEUED", "64", "default"],
      ["QUEUE_WAIT_MS", "2000", "default"],
      ["QUIET_MS", "12000", "default"],
      ["DATABASE_URL", "postgres://db:5432/gateway", "environment"],
      ["PORT", "8080", "environment"],
      ["HOST", "127.0.0.1", "default"],
      ["ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]", "default"],
      ["TRUST_PROXY", "10.0.0.0/8", "environment"],
      ["RATE_LIMIT", "off", "default"],
      ["RATE_BURST", "off", "default"],
      ["METRICS_TOKEN", "(hidden)", "environment"],
      ["DOCS", "1", "default"],
      ["EVENT_RETENTION_DAYS", "7", "default"],
      ["MAX_EVENTS", "1000000", "default"],
      ["AUDIT_RETENTION_DAYS", "400", "default"],
      ["SHUTDOWN_DELAY_MS", "0", "default"],
      ["SHUTDOWN_GRACE_MS", "25000", "default"],
      ["GATEWAY_LOG", "json", "default"],
    ]);
    expect(out).not.toContain("canary");
  });

  test("config check names every fault, and prints nothing else", async () => {
    expect(await start(["config", "check"], { PORT: "x", DOCS: "y" }).ended).toEqual({
      code: 1,
      out: "",
      err: 'mesibo-gateway: PORT must be a whole number from 0 to 65535, not "x".\nmesibo-gateway: DOCS must be 0 or 1, not "y".\n',
    });
  });

  test("prints help and its version", async () => {
    const help = await start(["--help"]).ended;
    expect([help.code, help.err]).toEqual([0, ""]);
    expect(help.out).toContain("MESIBO_APP_TOKEN");
    expect(await start(["--version"]).ended).toEqual({ code: 0, out: `${packageJson.version}\n`, err: "" });
  });
});
