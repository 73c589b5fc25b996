import { describe, expect, test } from "vitest";
import { requireKey } from "../src/auth.ts";
import { calls } from "./support/calls.ts";
import { operationsOf, readDocument } from "./support/document.ts";
import { gatewayOverMock, KEY, problemIn } from "./support/gateway.ts";

const operations = operationsOf(await readDocument());
const goodCall = (method: string, path: string) => {
  const call = calls[`${method} ${path}`];
  if (call === undefined) throw new Error(`${method} ${path} has no good request in test/support/calls.ts`);
  return call;
};

const refused = [
  ["no header", {}],
  ["an empty header", { authorization: "" }],
  ["the scheme alone", { authorization: "Bearer" }],
  ["an unknown key", { authorization: "Bearer wrong" }],
  ["a key that is one character longer", { authorization: `Bearer ${KEY}x` }],
  ["a key that is one character shorter", { authorization: `Bearer ${KEY.slice(0, -1)}` }],
  ["the key in capitals", { authorization: `Bearer ${KEY.toUpperCase()}` }],
  ["the key twice", { authorization: `Bearer ${KEY} ${KEY}` }],
  ["two keys with a comma", { authorization: `Bearer ${KEY},another-key` }],
  ["the key without a scheme", { authorization: KEY }],
  ["the scheme behind another", { authorization: `Digest Bearer ${KEY}` }],
  ["another scheme", { authorization: `Basic ${btoa(`:${KEY}`)}` }],
  ["another header", { "x-api-key": KEY }],
] as const;

describe.each(operations.filter(({ path }) => path.startsWith("/v1")))(
  "$method $path",
  ({ method, path, operation }) => {
    test("is documented to need a key", () => {
      expect(operation.security).toEqual([{ apiKey: [] }]);
    });

    test.each(refused)("refuses %s, and calls nobody", async (_, given) => {
      const { ask, mock } = gatewayOverMock();
      const before = mock.world().groups();
      const call = goodCall(method, path);
      const headers = { authorization: "", "content-type": "application/json", ...given };
      const answer = await ask(`${call.path}?key=${KEY}&access_token=${KEY}`, { ...call, headers });
      expect(answer.status).toBe(401);
      expect(problemIn(answer)).toMatchObject({ type: "/problems/unauthenticated", sent: "no" });
      expect(answer.headers.get("www-authenticate")).toMatch(/^Bearer realm="mesibo-gateway"/);
      expect(mock.world().groups()).toEqual(before);
    });

    test.each([`Bearer ${KEY}`, `bearer ${KEY}`, "Bearer another-key"])("takes %s", async (authorization) => {
      const call = goodCall(method, path);
      const type = call.body === undefined ? {} : { "content-type": "application/json" };
      const answer = await gatewayOverMock().ask(call.path, { ...call, headers: { ...type, authorization } });
      expect(answer.status).toBe(call.status);
    });
  },
);

test.each(operations.filter(({ path }) => !path.startsWith("/v1")))(
  "$method $path needs no key, and says so",
  async ({ method, path, operation }) => {
    expect(operation.security).toBeUndefined();
    const call = goodCall(method, path);
    const answer = await gatewayOverMock().ask(call.path, { headers: { authorization: "" } });
    expect(answer.status).toBe(200);
  },
);

test.each(["/v1", "/v1/", "/v1/nowhere", "/v1/groups/1/nowhere"])(
  "%s does not even tell whether it exists without a key",
  async (path) => {
    const { ask } = gatewayOverMock();
    expect((await ask(path, { headers: { authorization: "" } })).status).toBe(401);
    expect((await ask(path)).status).toBe(404);
  },
);

test.each([
  ["an empty key", [""]],
  ["a key with a space", ["a b"]],
  ["a key with a line break", [`${KEY}\n`]],
])("a gateway with %s is not made, and the message holds no key", (_, apiKeys) => {
  const make = () => requireKey({ apiKeys, ring: async () => undefined, failed: async () => undefined });
  expect(make).toThrow(/^createGateway: /);
  expect(make).not.toThrow(KEY);
});
