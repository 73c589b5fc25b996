import { describe, expect, test } from "vitest";
import { calls, overTwenty } from "./support/calls.ts";
import {
  answering,
  bodyOf,
  cut,
  failing,
  gatewayOverFetch,
  gatewayOverMock,
  KEY,
  TOKEN,
  type TestGateway,
} from "./support/gateway.ts";

const bad = [
  { path: "/v1/nowhere" },
  { path: "/v1/groups", method: "POST", body: "{" },
  { path: "/v1/groups/x" },
  { path: "/v1/groups", method: "OPTIONS" },
  { path: "/v1/groups", headers: { accept: "text/html" } },
  { path: "/v1/groups", headers: { authorization: `Basic ${KEY}` } },
  { path: "/v1/groups", headers: { authorization: `Bearer ${KEY}x` } },
  { path: `/nowhere?key=${KEY}` },
  { path: "/v1/groups", headers: { "x-request-id": "a", cookie: `key=${KEY}`, referer: `http://x/${KEY}` } },
];

/** Everything that leaves a gateway which was asked everything. */
async function everything({ ask, log }: TestGateway): Promise<string> {
  const seen: unknown[] = [];
  for (const call of [...Object.values(calls), ...bad]) {
    for (const path of [call.path, call.path.replace("102529", "20")]) {
      const { status, headers, text } = await ask(path, call);
      seen.push(status, [...headers], text);
    }
  }
  return JSON.stringify([seen, log]);
}

const tellTale = {
  error: `E ${TOKEN}`,
  code: 400,
  cause: `token ${TOKEN} is wrong`,
  properties: [TOKEN],
  app: { token: TOKEN },
  token: TOKEN,
};

describe.each([
  ["a mock", () => gatewayOverMock()],
  ["a mock in the form dialect", () => gatewayOverMock({ dialect: "form" })],
  [
    "an upstream that refuses and repeats the token",
    () => gatewayOverFetch(answering({ ...tellTale, result: false })),
  ],
  [
    "an upstream that disables the app and repeats the token",
    () => gatewayOverFetch(answering({ ...tellTale, code: 401, result: false })),
  ],
  [
    "an upstream that succeeds and repeats the token",
    () => gatewayOverFetch(answering({ ...tellTale, result: true })),
  ],
  ["a page that repeats the token", () => gatewayOverFetch(answering(`<html>${TOKEN}</html>`))],
  ["a connection that fails", () => gatewayOverFetch(failing("ECONNREFUSED"))],
  ["an answer that is cut", () => gatewayOverFetch(cut)],
  [
    "a fetch that throws the whole request",
    () => gatewayOverFetch((url, init) => Promise.reject(new Error(`${url} ${bodyOf(init)}`))),
  ],
])("over %s", (_, make) => {
  test("neither the app token nor an API key is in any answer, header or log record", async () => {
    const seen = await everything(make());
    expect(seen).toContain("/problems/");
    expect(seen).not.toContain(TOKEN);
    expect(seen).not.toContain(KEY);
  });
});

test("the app token reaches the upstream in the body, never in the URL or a header", async () => {
  let requests = 0;
  const { ask } = gatewayOverFetch(async (url, init) => {
    requests += 1;
    expect(url).not.toContain(TOKEN);
    expect(JSON.stringify([...new Headers(init.headers)])).not.toContain(TOKEN);
    expect(bodyOf(init)).toContain(TOKEN);
    return Response.json({ result: true });
  });
  for (const call of Object.values(calls)) await ask(overTwenty(call).path, call);
  expect(requests).toBeGreaterThan(3);
});
