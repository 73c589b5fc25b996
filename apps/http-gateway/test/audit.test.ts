import { describe, expect, test } from "vitest";
import { CHAIN_START, chainHash } from "../src/journal/audit.ts";
import { KEY, NOW, gatewayOverMock, problemIn, type TestGateway } from "./support/gateway.ts";

interface Entry {
  readonly id: number;
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly gid: number | null;
  readonly subject: string | null;
  readonly operation: string | null;
  readonly request_id: string;
  readonly outcome: string;
  readonly previous: string;
  readonly hash: string;
}

const pageOf = async ({ ask }: TestGateway, query = "") =>
  (await ask(`/v1/audit${query}`)).json as { items: Entry[]; next_cursor: string | null };

const linesOf = async ({ ask }: TestGateway, query = "") => {
  const answer = await ask(`/v1/audit${query}`, { headers: { accept: "application/x-ndjson" } });
  return { answer, lines: answer.text.split("\n") };
};

/** A gateway in which somebody has done five things: two entries of its start are before them. */
async function busy() {
  const gateway = gatewayOverMock();
  const { ask } = gateway;
  await ask("/v1/groups/102529", { method: "PATCH", body: { name: "One" } });
  await ask("/v1/groups/102530", { method: "PATCH", body: { name: "Two" } });
  await ask("/v1/groups/102529/members/bob", { method: "DELETE" });
  await ask("/v1/groups/102530", { method: "DELETE" });
  await ask("/v1/groups", { method: "POST", body: { name: "New" } });
  return gateway;
}

describe("the audit", () => {
  test("says who did what, and what came of it", async () => {
    const { items, next_cursor } = await pageOf(await busy());
    expect(next_cursor).toBeNull();
    expect(items.map(({ action, gid, subject, outcome }) => [action, gid, subject, outcome])).toEqual([
      ["import_groups", null, null, "succeeded"],
      ["create_group", null, null, "unknown"],
      ["change_group", 102529, null, "succeeded"],
      ["change_group", 102530, null, "succeeded"],
      ["remove_member", 102529, "bob", "succeeded"],
      ["delete_group", 102530, null, "succeeded"],
      ["create_group", 102531, null, "succeeded"],
    ]);
    expect(new Set(items.slice(2).map(({ actor }) => actor))).toEqual(
      new Set([expect.stringMatching(/^env_[0-9a-f]{12}$/)]),
    );
    expect(items.slice(0, 2).map(({ actor }) => actor)).toEqual(["gateway", "gateway"]);
  });

  test("can be followed from entry to entry by what it shows", async () => {
    const { items } = await pageOf(await busy());
    let before = CHAIN_START;
    for (const { id: _, at, gid, subject, operation, request_id, previous, hash, ...rest } of items) {
      expect(previous).toBe(before);
      const entry = {
        ...rest,
        at: Date.parse(at),
        requestId: request_id,
        gid: gid ?? undefined,
        subject: subject ?? undefined,
        operation: operation ?? undefined,
      };
      expect(hash).toBe(chainHash(previous, entry));
      before = hash;
    }
  });

  test("comes in pages that are the whole list, cut", async () => {
    const gateway = await busy();
    const whole = await pageOf(gateway);
    const found: Entry[] = [];
    for (let cursor = ""; ;) {
      const page = await pageOf(gateway, `?limit=3${cursor}`);
      found.push(...page.items);
      if (page.next_cursor === null) break;
      cursor = `&cursor=${page.next_cursor}`;
    }
    expect(found).toEqual(whole.items);
  });

  test.each([
    ["?gid=102530", [4, 6]],
    ["?action=change_group", [3, 4]],
    ["?actor=gateway", [1, 2]],
    ["?outcome=unknown", [2]],
    ["?gid=102530&action=delete_group", [6]],
    ["?actor=nobody", []],
    [`?from=${new Date(NOW * 1000).toISOString()}&limit=2`, [1, 2]],
    [`?to=${new Date(NOW * 1000).toISOString()}`, []],
    ["?to=2027-01-15T09:00:01%2B01:00&action=import_groups", [1]],
  ])("%s finds %j", async (query, ids) => {
    expect((await pageOf(await busy(), query)).items.map(({ id }) => id)).toEqual(ids);
  });

  test("comes as lines of JSON for who asks so: all of them, or as many as are wanted", async () => {
    const gateway = await busy();
    const { items } = await pageOf(gateway);
    const { answer, lines } = await linesOf(gateway);
    expect(answer.headers.get("content-type")).toBe("application/x-ndjson");
    expect(lines.pop()).toBe("");
    expect(lines.map((line) => JSON.parse(line) as Entry)).toEqual(items);
    const some = await linesOf(gateway, "?limit=2&action=change_group");
    expect(some.lines.slice(0, -1).map((line) => (JSON.parse(line) as Entry).id)).toEqual([3, 4]);
  });

  test.each([
    ["?from=yesterday", "/from"],
    ["?to=2027-13-01T00:00:00Z", "/to"],
    ["?gid=x", "/gid"],
    ["?actor=", "/actor"],
    ["?who=me", "/who"],
    ["?cursor=%21", "/cursor"],
    // "bob", which is the cursor of a list of addresses.
    ["?cursor=Ym9i", "/cursor"],
  ])("%s is refused, and the field named", async (query, pointer) => {
    expect(problemIn(await gatewayOverMock().ask(`/v1/audit${query}`))).toMatchObject({
      type: "/problems/validation",
      errors: [{ in: "query", pointer }],
    });
  });

  test("holds neither key nor token", async () => {
    const { answer } = await linesOf(await busy());
    expect(answer.text).not.toContain(KEY);
    expect(answer.text).not.toContain("canary");
  });
});
