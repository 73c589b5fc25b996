import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startMock } from "@mesibo-groups/mock-server";
import { expect, test } from "vitest";
import { calls } from "./support/calls.ts";
import { startBin } from "./support/process.ts";

const TOKEN = "canary-app-token-0123456789";
const KEY = "canary-api-key-0123456789";
const METRICS_TOKEN = "canary-metrics-0123456789";

test("no secret is in what a process writes: output, log, answers, metrics, pages and every file", async () => {
  const directory = mkdtempSync(join(tmpdir(), "gateway-"));
  const mock = await startMock({ tokens: [TOKEN] });
  const { child, firstLine, ended } = startBin(["--port", "0", "--json"], {
    MESIBO_APP_TOKEN: TOKEN,
    MESIBO_URL: mock.url,
    GATEWAY_API_KEY: KEY,
    METRICS_TOKEN,
    DATABASE_URL: `file:${join(directory, "gateway.db")}`,
  });
  const { url } = JSON.parse(await firstLine) as { url: string };
  const seen: unknown[] = [];
  const asks = [
    ...Object.values(calls).map(({ path, method, body }) => ({ path, method, body })),
    { path: "/docs", method: "GET", body: undefined },
    { path: `/v1/groups?token=${TOKEN}`, method: "GET", body: undefined },
    { path: `/${TOKEN}/${KEY}`, method: "GET", body: undefined },
  ];
  for (const [index, { path, method = "GET", body }] of asks.entries()) {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${path === "/metrics" ? METRICS_TOKEN : KEY}`,
        "content-type": "application/json",
        "idempotency-key": `ask-${index}`,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    seen.push(path === "/metrics" ? response.status : "", [...response.headers], await response.text());
  }
  // What is there while it runs, the log of the database included, and what is left.
  const filesNow = () => readdirSync(directory).map((name) => readFileSync(join(directory, name), "latin1"));
  const during = filesNow();
  child.kill("SIGTERM");
  const { code, out, err } = await ended;
  const everything = [JSON.stringify(seen), out, err, ...during, ...filesNow()].join("\n");
  rmSync(directory, { recursive: true });
  await mock.close();

  expect(code).toBe(0);
  expect(seen).toContain(200);
  expect(everything).toContain("gateway_requests_total");
  expect(everything).toContain("SQLite format 3");
  expect(everything).not.toContain("canary-");
});
