import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createMock, startMock, type RunningMock } from "../../src/index.ts";
import { everyRoute } from "../support/calls.ts";
import { control } from "../support/control.ts";

const T = "mock-app-token";
const MIB = 1024 * 1024;
const JSON_TYPE = "content-type: application/json";

let mock: RunningMock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(async () => {
  await mock.close();
});

interface Answer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

function readAnswer(text: string): Answer {
  const end = text.indexOf("\r\n\r\n");
  const [first = "", ...lines] = text.slice(0, end).split("\r\n");
  const pairs = lines.map(
    (line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 2)] as const,
  );
  return { status: Number(first.split(" ")[1]), headers: new Map(pairs), body: text.slice(end + 4) };
}

/** Sends exactly these bytes on a socket of its own, and reads what comes back until the server ends it. */
function speak(port: number, ...parts: readonly (string | Buffer)[]): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1");
    const chunks: Buffer[] = [];
    socket.on("data", (chunk) => chunks.push(chunk));
    socket.on("error", reject);
    socket.on("close", () => {
      resolve(readAnswer(Buffer.concat(chunks).toString()));
    });
    for (const part of parts) socket.write(part);
  });
}

const portOf = ({ url }: { readonly url: string }): number => Number(new URL(url).port);

const head = (method: string, path: string, ...headers: readonly string[]): string =>
  [
    `${method} /_mock${path} HTTP/1.1`,
    ...(headers.some((line) => /^host:/i.test(line)) ? [] : ["Host: localhost"]),
    "Connection: close",
    ...headers,
    "",
    "",
  ].join("\r\n");

const ask = (method: string, path: string, ...headers: readonly string[]): Promise<Answer> =>
  speak(portOf(mock), head(method, path, ...headers));

/** That an answer is a problem of this kind, which says who answers. */
function expectProblem({ status, headers, body }: Answer, problem: string, expected: number): string {
  const {
    type,
    status: told,
    detail,
  } = JSON.parse(body) as { readonly type: string; readonly status: number; readonly detail: string };
  expect({
    status,
    told,
    type,
    contentType: headers.get("content-type"),
    seed: headers.get("x-mock-seed"),
  }).toEqual({
    status: expected,
    told: expected,
    type: `urn:mesibo-mock:problem:${problem}`,
    contentType: "application/problem+json",
    seed: "none",
  });
  expect(headers.get("x-mock-build")).toMatch(/^\d+\.\d+\.\d+/);
  expect(headers.get("x-mock-instance")).toMatch(/^[\da-f-]{36}$/);
  return detail;
}

describe("a request that no route takes", () => {
  test.each(["PROPFIND", "OPTIONS", "PATCH", "POST", "PUT", "DELETE", "GET", "HEAD"])(
    "%s is refused with Allow on every path that does not document it",
    async (method) => {
      const byPath = Map.groupBy(everyRoute(T), ({ path }) => path.split("?")[0] ?? "");
      for (const [path, same] of byPath) {
        const methods = same.map((one) => one.method);
        const allow = methods.includes("GET") ? ["HEAD", ...methods] : methods;
        if (allow.includes(method)) continue;
        const answer = await ask(method, path);
        expect([path, answer.status, answer.headers.get("allow")]).toEqual([path, 405, allow.join(", ")]);
        if (method !== "HEAD") expectProblem(answer, "method-not-allowed", 405);
      }
    },
  );

  test("a path that is not there is 404, with the one that was probably meant", async () => {
    expect(expectProblem(await ask("GET", `/worlds/${T}/stat`), "not-found", 404)).toBe(
      "The control API has nothing at this path; did you mean /_mock/worlds/{token}/state? GET /_mock/openapi.json lists its paths.",
    );
    expect(expectProblem(await ask("GET", "/what/ever/this/may/be"), "not-found", 404)).toBe(
      "The control API has nothing at this path. GET /_mock/openapi.json lists its paths.",
    );
  });

  test.each([
    "/worlds/%E0%A4%A/state",
    "/worlds/%/state",
    "/worlds//state",
    "/worlds/%00/state",
    "/../etc/passwd",
    "/worlds/a%2Fb/state",
  ])("%s is answered, and with no defect", async (path) => {
    const { status } = await ask("GET", path);
    expect([200, 400, 404]).toContain(status);
  });
});

describe("a body that cannot be taken", () => {
  const path = `/worlds/${T}/clock`;

  test.each(["{", "[1,", "'now'", "{now: 5}", "\u0000", "null null"])("%j is no JSON", async (text) => {
    const length = `content-length: ${Buffer.byteLength(text)}`;
    const answer = await speak(portOf(mock), head("PATCH", path, JSON_TYPE, length), text);
    expectProblem(answer, "malformed", 400);
  });

  test.each([
    ['{"now":"5"}', "body.now: Invalid input: expected number, received string."],
    ['{"now":-1}', "body.now: Too small: expected number to be >=0."],
    ['{"frozen":1}', "body.frozen: Invalid input: expected boolean, received number."],
    ['{"advance":5}', 'body: Unrecognized key: "advance".'],
    ["[]", "body: Invalid input: expected object, received array."],
    ["", "body: Invalid input: expected object, received undefined."],
  ])("%s has a field of a wrong type, which is named", async (text, detail) => {
    const length = `content-length: ${Buffer.byteLength(text)}`;
    const answer = await speak(portOf(mock), head("PATCH", path, JSON_TYPE, length), text);
    expect(expectProblem(answer, "validation", 400)).toBe(detail);
  });

  test.each([
    ["of a length that is told", MIB + 1, false],
    ["in chunks", MIB + 1, true],
    ["of 20 MiB", 20 * MIB, false],
    ["of 20 MiB in chunks", 20 * MIB, true],
  ])("over 1 MiB, %s, is refused by an answer that arrives", async (_, size, chunked) => {
    const body = Buffer.alloc(size, " ");
    const answer = chunked
      ? await speak(
          portOf(mock),
          head("PATCH", path, JSON_TYPE, "transfer-encoding: chunked"),
          `${size.toString(16)}\r\n`,
          body,
          "\r\n0\r\n\r\n",
        )
      : await speak(portOf(mock), head("PATCH", path, JSON_TYPE, `content-length: ${size}`), body);
    expectProblem(answer, "too-large", 413);
  });

  test("a body of exactly 1 MiB is read", async () => {
    const body = `{"advance_seconds":0}${" ".repeat(MIB - 21)}`;
    const answer = await speak(portOf(mock), head("PATCH", path, JSON_TYPE, `content-length: ${MIB}`), body);
    expect(answer.status).toBe(200);
  });

  test("a deep body does no harm", async () => {
    const body = "[".repeat(200_000);
    const answer = await speak(portOf(mock), head("PATCH", path, `content-length: ${body.length}`), body);
    expectProblem(answer, "malformed", 400);
  });
});

describe("DELETE over a socket", () => {
  test.each([
    ["without a body", []],
    ["with a length of 0", ["content-length: 0"]],
    ["with a body", ["content-length: 2"]],
    ["with a content type and no body", [JSON_TYPE]],
  ])("%s removes the world", async (_, headers) => {
    await control(mock, "PUT", "/worlds/short-lived", { seed: "demo" });
    const text = headers.includes("content-length: 2") ? "{}" : "";
    const answer = await speak(portOf(mock), head("DELETE", "/worlds/short-lived", ...headers), text);
    expect([answer.status, answer.body]).toEqual([204, ""]);
    expect((await control(mock, "GET", "/worlds/short-lived/state")).json).toMatchObject({ users: [] });
  });

  test("a connection serves another request after a body that nobody read", async () => {
    const first = head("DELETE", "/worlds/x", "content-length: 5").replace("Connection: close\r\n", "");
    const answer = await speak(portOf(mock), `${first}12345`, head("GET", "/health"));
    expect(answer.status).toBe(204);
    expect(answer.body).toContain("HTTP/1.1 200 OK");
    expect(answer.body.endsWith('{"ok":true}')).toBe(true);
  });
});

test("HEAD answers as GET does, without the body", async () => {
  for (const path of ["/health", "/identity", "/metrics", `/worlds/${T}/state`]) {
    const [asked, got] = [await ask("HEAD", path), await ask("GET", path)];
    expect([asked.status, asked.body]).toEqual([200, ""]);
    for (const name of ["content-type", "x-mock-instance"])
      expect(asked.headers.get(name)).toBe(got.headers.get(name));
  }
});

describe("a browser on a developer's machine drives no mock for a foreign page", () => {
  test.each([
    "evil.example",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
    "evil.example:4010",
    "localhosts",
  ])("Host %s is foreign", async (host) => {
    const detail = expectProblem(await ask("GET", "/health", `Host: ${host}`), "foreign-host", 403);
    expect(detail).toContain(JSON.stringify(host));
  });

  test.each([
    "localhost",
    "LOCALHOST",
    "localhost.",
    "localhost.:4010",
    "localhost:1234",
    "127.0.0.1",
    "[::1]:4010",
    "app.localhost",
  ])("Host %s is this machine", async (host) => {
    expect((await ask("GET", "/health", `Host: ${host}`)).status).toBe(200);
  });

  test.each(["http://evil.example", "null", "https://localhost", "http://localhost:1", "file://"])(
    "Origin %s is foreign, on every route and for a preflight",
    async (origin) => {
      for (const { method, path } of everyRoute(T)) {
        const answer = await ask(method, path, `Origin: ${origin}`);
        expectProblem(answer, "foreign-host", 403);
        expect(answer.headers.get("access-control-allow-origin")).toBeUndefined();
      }
      expectProblem(await ask("OPTIONS", "/worlds", `Origin: ${origin}`), "foreign-host", 403);
    },
  );

  test.each(["cross-site", "same-site"])(
    "Sec-Fetch-Site %s is foreign, also without an Origin",
    async (site) => {
      for (const { method, path } of everyRoute(T))
        expectProblem(await ask(method, path, `Sec-Fetch-Site: ${site}`), "foreign-host", 403);
    },
  );

  test.each(["same-origin", "none"])("Sec-Fetch-Site %s is not", async (site) => {
    expect((await ask("GET", "/health", `Sec-Fetch-Site: ${site}`)).status).toBe(200);
  });

  test("a link to the console may be followed from anywhere, a form may not be sent", async () => {
    const foreign = "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate";
    expect((await ask("GET", "/", foreign)).status).toBe(200);
    expect((await ask("POST", "/console", foreign)).status).toBe(403);
    expect((await ask("GET", "/", "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors")).status).toBe(403);
  });

  test("the mock's own pages may", async () => {
    expect((await ask("GET", "/health", "Origin: http://localhost")).status).toBe(200);
  });

  test("the name that --host gives is the mock's own, in any case", async () => {
    const named = await startMock({ host: "LocalHost" });
    try {
      expect((await speak(portOf(named), head("GET", "/health", "Host: localhost"))).status).toBe(200);
    } finally {
      await named.close();
    }
  });

  test("a request without a Host, or with one that is none, is refused with an answer", async () => {
    const bare = await speak(portOf(mock), "GET /_mock/health HTTP/1.0\r\n\r\n");
    expectProblem(bare, "foreign-host", 403);
    for (const host of ["a b", "@", "exa mple:x", "[::1"]) {
      const { status } = await ask("GET", "/health", `Host: ${host}`);
      expect([400, 403]).toContain(status);
    }
  });

  test("mesibo's own paths take any Host, as the real service's name may lead here", async () => {
    const request = `GET /backend/?op=groupsget&token=${T} HTTP/1.1\r\nHost: api.mesibo.com\r\nConnection: close\r\n\r\n`;
    expect(await speak(portOf(mock), request)).toMatchObject({ status: 200 });
  });
});

describe("switched off", () => {
  test("nothing of the control API answers, in process or on a port", async () => {
    const running = await startMock({ control: false });
    try {
      for (const off of [createMock({ control: false }), running]) {
        for (const { method, path, body } of everyRoute(T)) {
          const answer = await control(off, method, path, body);
          expect({ path, status: answer.status, json: answer.json }).toMatchObject({
            path,
            status: 404,
            json: { error: "not_found" },
          });
          expect(answer.headers.get("x-mock-instance")).toBeNull();
        }
        expect((await control(off, "GET", "/")).status).toBe(404);
      }
    } finally {
      await running.close();
    }
  });
});

test("the identity is the same in the headers and in the body, and another for every mock", async () => {
  const identity = async (one: Parameters<typeof control>[0]) => {
    const { json, headers } = await control(one, "GET", "/identity");
    const { build, instance, seed } = json as Readonly<Record<string, string>>;
    expect([build, instance, seed]).toEqual(
      ["build", "instance", "seed"].map((name) => headers.get(`x-mock-${name}`)),
    );
    return instance;
  };
  const other = createMock();
  expect(await identity(mock)).toBe(await identity(mock));
  expect(await identity(mock)).not.toBe(await identity(other));
});
