import { readdir, readFile } from "node:fs/promises";
import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import packageJson from "../package.json" with { type: "json" };
import { serve } from "../src/serve.ts";
import { answering, bodyOf, gatewayOverFetch, gatewayOverMock, KEY, problemIn } from "./support/gateway.ts";

const permissions = { send: true, receive: true, publish: true, subscribe: true, list: true };

describe("fields that are the gateway's own", () => {
  test.each(["source", "version", "owner", "gid", "created_at", "observed_at", "constructor", "toString"])(
    "%s cannot be set from outside",
    async (field) => {
      const { ask, mock } = gatewayOverMock();
      const before = mock.world().groups();
      const created = await ask("/v1/groups", { method: "POST", body: { name: "x", [field]: "y" } });
      const changed = await ask("/v1/groups/102529", { method: "PATCH", body: { [field]: "y" } });
      for (const answer of [created, changed]) {
        expect(problemIn(answer)).toMatchObject({
          type: "/problems/validation",
          errors: [{ pointer: `/${field}`, code: "unknown_field" }],
        });
      }
      expect(mock.world().groups()).toEqual(before);
    },
  );

  test("__proto__ in a body changes no object, and is refused or without effect", async () => {
    const { ask } = gatewayOverMock();
    for (const body of [
      '{"name":"x","__proto__":{"polluted":1}}',
      '{"name":"x","flags":{"__proto__":{"polluted":1},"send":"selected"}}',
      '{"name":"x","constructor":{"prototype":{"polluted":1}}}',
    ]) {
      const answer = await ask("/v1/groups", { method: "POST", body });
      expect([201, 400]).toContain(answer.status);
      expect(answer.text).not.toContain('"polluted":1');
      expect(Reflect.get({}, "polluted")).toBeUndefined();
    }
  });
});

describe("requests that are too much", () => {
  test("a list of a million, a nest of 100,000 and a body over 1 MiB are refused before mesibo is asked", async () => {
    const { ask, mock } = gatewayOverMock();
    const before = mock.world().groups();
    const many = `{"gids":[${"1,".repeat(499_999)}1]}`;
    expect((await ask("/v1/group-imports", { method: "POST", body: many })).status).toBe(400);
    const nested = `{"name":${"[".repeat(100_000)}${"]".repeat(100_000)}}`;
    expect((await ask("/v1/groups", { method: "POST", body: nested })).status).toBe(400);
    const over = { name: "x".repeat(1024 * 1024) };
    expect((await ask("/v1/groups", { method: "POST", body: over })).status).toBe(413);
    expect(mock.world().groups()).toEqual(before);
  });

  test("a body over the limit is refused although its length is not announced", async () => {
    const { request } = gatewayOverMock();
    const chunk = new TextEncoder().encode(" ".repeat(64 * 1024));
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        sent += 1;
        controller.enqueue(chunk);
      },
    });
    const init = { method: "POST", body, duplex: "half" };
    const headers = { authorization: `Bearer ${KEY}`, "content-type": "application/json" };
    const response = await request("/v1/groups", { ...init, headers });
    expect(response.status).toBe(413);
    expect(sent).toBeLessThan(64);
  });

  test("a compressed body is not unpacked", async () => {
    const { request } = gatewayOverMock();
    const headers = {
      authorization: `Bearer ${KEY}`,
      "content-type": "application/json",
      "content-encoding": "gzip",
      "idempotency-key": "one",
    };
    const body = gzipSync(JSON.stringify({ name: "x".repeat(10_000_000) }));
    expect((await request("/v1/groups", { method: "POST", headers, body })).status).toBe(400);
  });

  test("patterns and flags that are evil to compare are answered at once", { timeout: 5_000 }, async () => {
    const { ask } = gatewayOverMock();
    const evil = `${"a*".repeat(40)}b`;
    const answer = await ask(`/v1/groups?filter[name]=${encodeURIComponent(evil)}`);
    expect([200, 400]).toContain(answer.status);
    expect((await ask(`/v1/flags/${"1%7C".repeat(2_000)}1`)).status).toBeLessThan(500);
  });
});

/** Everything that comes back for bytes as they are written here. */
function raw(port: number, ...parts: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    let seen = "";
    const socket = connect(port, "127.0.0.1", () => {
      for (const part of parts) socket.write(part);
    });
    socket.on("data", (chunk: Buffer) => (seen += chunk.toString()));
    socket.on("error", () => undefined);
    socket.on("close", () => {
      resolve(seen);
    });
  });
}

describe("over a socket", () => {
  async function listening() {
    const { request } = gatewayOverMock();
    const running = await serve({
      fetch: (asked) => request(asked.url, { method: asked.method, headers: asked.headers }),
      port: 0,
      host: "127.0.0.1",
      shutdown: { delayMs: 0, graceMs: 0 },
    });
    return { ...running, port: Number(new URL(running.url).port) };
  }

  test.each([
    ["headers of a megabyte", `GET /livez HTTP/1.1\r\nHost: x\r\nx: ${"y".repeat(1_000_000)}\r\n\r\n`, 431],
    ["no Host", "GET /livez HTTP/1.1\r\n\r\n", 400],
    [
      "two lengths",
      "POST /livez HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
      400,
    ],
    [
      "a length and chunks, which a proxy may read differently",
      "POST /livez HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      400,
    ],
    [
      "a header with a line break of its own",
      "GET /livez HTTP/1.1\r\nHost: x\r\nA: b\rSet-Cookie: c\r\n\r\n",
      400,
    ],
  ])("%s is refused, and the connection with it", async (_, bytes, status) => {
    const { port, close } = await listening();
    expect((await raw(port, bytes)).split("\r\n")[0]).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    await close();
  });
});

describe("what reaches mesibo", () => {
  const sentFor = async (address: string): Promise<{ status: number; bodies: readonly string[] }> => {
    const bodies: string[] = [];
    const { ask } = gatewayOverFetch(async (_, init) => {
      bodies.push(bodyOf(init));
      return answering({ op: "groupeditmembers", result: true })(_, init);
    });
    const path = `/v1/groups/20/members/${encodeURIComponent(address)}`;
    const { status } = await ask(path, { method: "PUT", body: { permissions } });
    return { status, bodies };
  };

  test.each([
    "a,b",
    "a\uff0cb",
    "a&op=groupdel",
    'a","op":"groupdel',
    "a\u0000b",
    "a=b&token=c",
    "a%26op%3Dgroupdel",
  ])("the address %j is one address or refused, and never another parameter", async (address) => {
    const { status, bodies } = await sentFor(address);
    if (status === 400) {
      expect(bodies).toEqual([]);
      return;
    }
    for (const body of bodies) {
      const sent = JSON.parse(body) as Record<string, unknown>;
      expect(sent["op"]).toBe("groupeditmembers");
      expect(JSON.stringify(sent)).toContain(JSON.stringify(address).slice(1, -1));
    }
  });

  test("an address with a comma, which mesibo reads as two, is sent to nobody", async () => {
    expect(await sentFor("a,b")).toEqual({ status: 400, bodies: [] });
  });
});

describe("SQL in texts", () => {
  test.each([
    "'; DROP TABLE groups; --",
    '" OR 1=1 --',
    "%",
    "_",
    "\\",
    "x' UNION SELECT * FROM api_keys --",
  ])("%j is a name like any other", async (name) => {
    const { ask } = gatewayOverMock();
    expect((await ask("/v1/groups", { method: "POST", body: { name } })).status).toBe(201);
    const found = await ask(`/v1/groups?filter[name]=${encodeURIComponent(name)}`);
    expect(found.json).toMatchObject({ items: [{ name }] });
    expect((found.json as { items: readonly unknown[] }).items).toHaveLength(1);
    expect((await ask("/v1/groups")).json).toMatchObject({ items: { length: 3 } });
  });
});

test("a foreign origin is allowed nothing, and is not repeated", async () => {
  for (const method of ["GET", "OPTIONS"]) {
    const headers = { origin: "https://evil.example", "access-control-request-method": "DELETE" };
    const answer = await gatewayOverMock().ask("/v1/groups", { method, headers });
    expect(JSON.stringify([...answer.headers])).not.toMatch(/access-control|evil/);
  }
});

/** The packages that the sources below a folder import. */
async function packagesIn(folder: URL): Promise<string[]> {
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".ts"));
  const sources = await Promise.all(files.map((name) => readFile(new URL(name, folder), "utf8")));
  const imported = /\b(?:from|import)[\s(]*"((?:@[\w-]+\/)?[a-z][\w.-]*)(?:\/[\w./-]+)?"/g;
  const names = sources.flatMap((source) => [...source.matchAll(imported)].map(([, name = ""]) => name));
  return [...new Set(names)].toSorted();
}

test("dependencies are few, and those that had holes are past them", async () => {
  // All that src/ imports is in the bundle, so npm installs none.
  expect(packageJson).not.toHaveProperty("dependencies");
  const bundled = await packagesIn(new URL("../src/", import.meta.url));
  expect(Object.keys(packageJson.devDependencies)).toEqual(expect.arrayContaining(bundled));
  expect(bundled).toContain("hono");
  expect(bundled.length).toBeLessThanOrEqual(12);
  const lock = await readFile(new URL("../../../pnpm-lock.yaml", import.meta.url), "utf8");
  // CVE-2026-54290 and those before it in hono, GHSA-92pp-h63x-v22m in its server for Node.
  const oldest = { hono: [4, 12, 25], "@hono/node-server": [1, 19, 13] } as const;
  for (const [name, least] of Object.entries(oldest)) {
    const quoted = name.startsWith("@") ? `'${name}` : name;
    const found = [...lock.matchAll(new RegExp(`^  ${quoted}@(\\d+)\\.(\\d+)\\.(\\d+)`, "gm"))];
    expect(found.length).toBeGreaterThan(0);
    for (const [, ...version] of found) {
      const number = (parts: readonly (string | number)[]) =>
        parts.reduce<number>((sum, part) => sum * 10_000 + Number(part), 0);
      expect(number(version)).toBeGreaterThanOrEqual(number(least));
    }
  }
});
