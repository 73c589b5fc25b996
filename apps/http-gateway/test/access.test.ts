import { describe, expect, test } from "vitest";
import { routeRules } from "../src/access/routes.ts";
import { scopes } from "../src/keys/scopes.ts";
import { calls } from "./support/calls.ts";
import { operationsOf, readDocument } from "./support/document.ts";
import { problemIn } from "./support/gateway.ts";
import { gatewayWithKey } from "./support/keys.ts";

// 102529 is News, 102530 is Team.
const operations = operationsOf(await readDocument())
  .filter(({ path }) => path.startsWith("/v1"))
  .map(({ method, path }) => `${method} ${path}`);
const rules = new Map<string, (typeof routeRules)[keyof typeof routeRules]>(Object.entries(routeRules));

/** Makes a route's good request with a key. */
async function callWith(name: string, more: Parameters<typeof gatewayWithKey>[0]) {
  const { ask, key, mock } = await gatewayWithKey(more);
  const call = calls[name];
  if (call === undefined) throw new Error(`${name} has no good request in test/support/calls.ts`);
  const type = call.body === undefined ? {} : { "content-type": "application/json" };
  const before = JSON.stringify(mock.world().groups());
  const answer = await ask(call.path, { ...call, headers: { ...type, authorization: `Bearer ${key}` } });
  const type_ = answer.status >= 400 ? problemIn(answer).type : "";
  return {
    status: answer.status,
    type: type_,
    touched: JSON.stringify(mock.world().groups()) !== before,
    good: call.status,
  };
}

const NO_SCOPE = { status: 403, type: "/problems/insufficient-scope", touched: false };
const FOREIGN = { status: 403, type: "/problems/object-not-allowed", touched: false };
const HIDDEN = { status: 404, type: "/problems/operation-not-found", touched: false };

/** What a key for group 102529 alone, and one for 102530 alone, get from a route that asks by itself. */
const byThemselves: Readonly<Record<string, readonly [own: object, foreign: object]>> = {
  "POST /v1/groups": [FOREIGN, FOREIGN],
  "GET /v1/groups": [{ status: 200 }, { status: 200 }],
  "POST /v1/group-imports": [{ status: 207 }, FOREIGN],
  "GET /v1/operations": [{ status: 200 }, { status: 200 }],
  "GET /v1/operations/{id}": [HIDDEN, HIDDEN],
  "GET /v1/operations/{id}/items": [HIDDEN, HIDDEN],
  "POST /v1/operations/{id}/cancellation": [HIDDEN, HIDDEN],
  "POST /v1/operations/{id}/resolutions": [HIDDEN, HIDDEN],
};

describe.each(operations)("%s", (name) => {
  const rule = rules.get(name);

  test("has a rule", () => {
    expect(rule).toBeDefined();
  });

  test("is open to a key with every scope", async () => {
    const { status, good } = await callWith(name, {});
    expect(status).toBe(good);
  });

  test("is closed to a key with every scope but its own", async () => {
    const others = scopes.filter((scope) => scope !== rule?.scope);
    const { good, ...answer } = await callWith(name, { scopes: others });
    if (rule?.scope !== "any") expect(answer).toEqual(NO_SCOPE);
    else if (name.includes("operations")) expect([good, 404]).toContain(answer.status);
    else expect(answer.status).toBe(good);
  });

  test("a key for some groups gets its own, and nothing of a foreign one", async () => {
    const { good, ...own } = await callWith(name, { groups: { gids: [102529] } });
    const { good: _, ...foreign } = await callWith(name, { groups: { gids: [102530] } });
    const expected = {
      group: [{ status: good }, FOREIGN],
      none: [{ status: good }, { status: good }],
      every: [FOREIGN, FOREIGN],
      handler: byThemselves[name] ?? [undefined, undefined],
    }[rule?.groups ?? "every"];
    expect([own, foreign]).toMatchObject(expected);
  });

  test("a key for a prefix of names gets its own, and nothing of a foreign one", async () => {
    if (rule?.groups !== "group") return;
    const { good, ...own } = await callWith(name, { groups: { name_prefix: "Ne" } });
    const { good: _, ...foreign } = await callWith(name, { groups: { name_prefix: "Te" } });
    expect([own, foreign]).toMatchObject([{ status: good }, FOREIGN]);
  });
});

describe("a key for a prefix of names", () => {
  const groups = { name_prefix: "Ne" };

  test("lists its groups only, and tells no unknown group from a foreign one", async () => {
    const { ask, key } = await gatewayWithKey({ groups });
    const headers = { authorization: `Bearer ${key}` };
    expect((await ask("/v1/groups", { headers })).json).toMatchObject({ items: [{ gid: 102529 }] });
    const [foreign, unknown] = [
      await ask("/v1/groups/102530", { headers }),
      await ask("/v1/groups/99", { headers }),
    ].map((answer) => ({ ...problemIn(answer), gid: 0, instance: "" }));
    expect(foreign).toEqual(unknown);
  });

  test("creates and renames within its prefix only", async () => {
    const { ask, key } = await gatewayWithKey({ groups });
    const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
    const post = async (name: string, index: number) =>
      (
        await ask("/v1/groups", {
          method: "POST",
          body: { name },
          headers: { ...headers, "idempotency-key": `k${index}` },
        })
      ).status;
    expect(await Promise.all(["Nearby", "Other", "ne"].map(post))).toEqual([201, 403, 403]);
    const patch = async (name: string) =>
      (await ask("/v1/groups/102529", { method: "PATCH", body: { name }, headers })).status;
    expect([await patch("Other"), await patch("Newer")]).toEqual([403, 200]);
  });

  test("may delete its group twice", async () => {
    const { ask, key } = await gatewayWithKey({ groups });
    const headers = { authorization: `Bearer ${key}` };
    const remove = async () => (await ask("/v1/groups/102529", { method: "DELETE", headers })).status;
    expect([await remove(), await remove()]).toEqual([204, 204]);
  });
});
