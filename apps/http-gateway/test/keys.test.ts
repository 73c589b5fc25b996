import { describe, expect, test } from "vitest";
import { revokeApiKey, rotateApiKey } from "../src/keys/manage.ts";
import { createKeyRing } from "../src/keys/ring.ts";
import { findApiKey } from "../src/keys/rows.ts";
import { keyIdOf, makeKey, makeKeyId } from "../src/keys/token.ts";
import { NOW, problemIn } from "./support/gateway.ts";
import { gatewayWithKey } from "./support/keys.ts";

const DAY = 86_400_000;

describe("a key", () => {
  test("has the documented form, and another secret each time", () => {
    const [one, other] = [
      makeKey({ env: "live", id: "0123456789ab" }),
      makeKey({ env: "live", id: "0123456789ab" }),
    ];
    expect(one).toMatch(/^mgk_live_0123456789ab_[0-9A-Za-z]{43}_[0-9a-f]{8}$/);
    expect(one).not.toBe(other);
    expect(keyIdOf(one)).toBe("0123456789ab");
    expect(makeKeyId()).toMatch(/^[0-9A-Za-z]{12}$/);
  });

  test("with one character changed is none", () => {
    const key = makeKey({ env: "live", id: makeKeyId() });
    const changed = key
      .split("")
      .map((char, at) => `${key.slice(0, at)}${char === "a" ? "b" : "a"}${key.slice(at + 1)}`);
    expect(changed.filter((text) => keyIdOf(text) !== undefined)).toEqual([]);
  });

  test("is nowhere in the store", async () => {
    const { desk, key } = await gatewayWithKey();
    const rows = await desk.store.read(async (db) => [
      await db.selectFrom("api_keys").selectAll().execute(),
      await db.selectFrom("events").selectAll().execute(),
      await db.selectFrom("audit").selectAll().execute(),
    ]);
    const secret = key.split("_")[3] ?? "";
    expect(JSON.stringify(rows)).not.toContain(secret);
  });
});

describe("a ring", () => {
  async function ringOf() {
    const made = await gatewayWithKey();
    let now = NOW * 1000;
    let ticks = 0;
    const ring = createKeyRing({ store: made.desk.store, now: () => now, ticks: () => ticks });
    const opens = async (key: string) => (await ring(key)) !== undefined;
    return { ...made, opens, wait: (ms: number) => ((now += ms), (ticks += ms)) };
  }

  test("opens with a key until it ends", async () => {
    const { key, opens, wait } = await ringOf();
    expect(await opens(key)).toBe(true);
    wait(365 * DAY - 1);
    expect(await opens(key)).toBe(true);
    wait(1);
    expect(await opens(key)).toBe(false);
  });

  test("refuses a key at once that was revoked through this store", async () => {
    const { key, desk, apiKey, opens } = await ringOf();
    expect(await opens(key)).toBe(true);
    await revokeApiKey(desk, apiKey.id);
    expect(await opens(key)).toBe(false);
  });

  test("refuses a key after half a second that was revoked where no announcement comes from", async () => {
    const { key, desk, apiKey, opens, wait } = await ringOf();
    expect(await opens(key)).toBe(true);
    const silently = { revoked_at: 1 };
    await desk.store.write(({ db }) =>
      db.updateTable("api_keys").set(silently).where("id", "=", apiKey.id).execute(),
    );
    wait(500);
    expect(await opens(key)).toBe(false);
  });

  test("opens with both secrets of a rotation while they overlap", async () => {
    const { key, desk, apiKey, opens, wait } = await ringOf();
    const made = await rotateApiKey(desk, { id: apiKey.id, env: "live", overlapHours: 24 });
    const both = async () => [await opens(key), await opens(made?.key ?? "")];
    expect(await both()).toEqual([true, true]);
    wait(DAY);
    expect(await both()).toEqual([false, true]);
  });

  test("refuses a key with a good checksum that nobody made, and one of another secret", async () => {
    const { apiKey, opens } = await ringOf();
    expect(await opens(makeKey({ env: "live", id: makeKeyId() }))).toBe(false);
    expect(await opens(makeKey({ env: "live", id: apiKey.id }))).toBe(false);
  });

  test("writes down when a key was used, to the minute", async () => {
    const { key, desk, apiKey, opens, wait } = await ringOf();
    wait(61_000);
    await opens(key);
    await desk.store.write(async () => undefined);
    const found = await desk.store.read((db) => findApiKey(db, apiKey.id));
    expect(found?.lastUsedAt).toBe(NOW * 1000 + 60_000);
  });
});

describe("over REST", () => {
  test("a key is made, used, rotated and revoked, and the list never shows it", async () => {
    const { ask } = await gatewayWithKey();
    const made = await ask("/v1/api-keys", {
      method: "POST",
      body: { name: "shop", scopes: ["groups:read"] },
    });
    const { id, key } = made.json as { id: string; key: string };
    expect(made.headers.get("location")).toBe(`/v1/api-keys/${id}`);
    const use = async (given: string) =>
      (await ask("/v1/groups", { headers: { authorization: `Bearer ${given}` } })).status;
    expect(await use(key)).toBe(200);

    const rotated = await ask(`/v1/api-keys/${id}/rotations`, { method: "POST", body: { overlap_hours: 0 } });
    const { key: second } = rotated.json as { key: string };
    expect([await use(key), await use(second)]).toEqual([401, 200]);

    expect((await ask("/v1/api-keys")).text).not.toContain(second.split("_")[3]);
    expect((await ask(`/v1/api-keys/${id}`, { method: "DELETE" })).status).toBe(204);
    expect(await use(second)).toBe(401);
    expect((await ask(`/v1/api-keys/${id}/rotations`, { method: "POST", body: {} })).status).toBe(404);
  });

  test("nobody hands out a scope that they have not, neither by a new key nor by a rotation", async () => {
    const { ask, key } = await gatewayWithKey({ scopes: ["keys:admin", "groups:read"] });
    const whole = await ask("/v1/api-keys", {
      method: "POST",
      body: { name: "x", scopes: ["groups:write"] },
    });
    const { id } = whole.json as { id: string };
    const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
    const body = { name: "x", scopes: ["groups:write"] };
    for (const answer of [
      await ask("/v1/api-keys", { method: "POST", body, headers }),
      await ask(`/v1/api-keys/${id}/rotations`, { method: "POST", body: {}, headers }),
    ]) {
      expect(problemIn(answer)).toMatchObject({ status: 403, required_scope: "groups:write" });
    }
  });
});
