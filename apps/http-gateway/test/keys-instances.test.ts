import { describe, expect, test } from "vitest";
import { createApiKey, revokeApiKey } from "../src/keys/manage.ts";
import { createKeyRing } from "../src/keys/ring.ts";
import { scopes } from "../src/keys/scopes.ts";
import { listGroups, saveGroup } from "../src/directory/groups.ts";
import { mayTouch } from "../src/access/group-rule.ts";
import type { Store } from "../src/store/store.ts";
import { newGroup } from "./support/group.ts";
import { openedForAll, placeKinds, type Place } from "./store/stores.ts";

const kinds = await placeKinds();

const asked = { name: "x", env: "test", scopes, groups: undefined, expiresInDays: 1 };
const deskOf = (store: Store) => ({ store, now: Date.now, actor: "operator", requestId: "r" });

describe.each(kinds)("keys in $name", ({ make }) => {
  let store: Store;
  openedForAll(make, (opened) => ({ store } = opened));

  test("a key opens, and opens nothing once it is revoked", async () => {
    const ring = createKeyRing({ store, now: Date.now });
    const { apiKey, key } = await createApiKey(deskOf(store), asked);
    expect((await ring(key))?.id).toBe(apiKey.id);
    await revokeApiKey(deskOf(store), apiKey.id);
    await expect.poll(() => ring(key)).toBeUndefined();
  });

  test("the groups that a rule lists are those that it lets through", async () => {
    const names = ["shop", "shop-1", "Shop-2", "sho", "%shop", "shöp-ä", "😀shop", "😀"];
    const groups = names.map((name, index) => ({ gid: 100 + index, name }));
    for (const { gid, name } of groups) {
      await store.write(({ db }) => saveGroup(db, newGroup(gid, { name })));
    }
    const rules = [
      { name_prefix: "shop" },
      { name_prefix: "%" },
      { name_prefix: "shö" },
      { name_prefix: "😀" },
      { gids: [102, 999] },
      { gids: [102], name_prefix: "sho" },
    ];
    for (const rule of rules) {
      const listed = await store.read((db) =>
        listGroups(db, { after: 0, limit: 99, rule, kind: store.kind }),
      );
      expect(listed.map(({ gid }) => gid)).toEqual(
        groups.filter((group) => mayTouch(rule, group)).map(({ gid }) => gid),
      );
    }
  });
});

describe.each(kinds.filter(({ shared }) => shared))("keys in $name, shared by two gateways", ({ make }) => {
  let place: Place;
  let store: Store;
  openedForAll(make, (opened) => ({ place, store } = opened));

  test("a key that another gateway revokes is refused without a word of the clock", async () => {
    const other = await place.open();
    try {
      // Time stands still: only the announcement can tell.
      const ring = createKeyRing({ store: other, now: Date.now, ticks: () => 0 });
      const { apiKey, key } = await createApiKey(deskOf(store), asked);
      await expect.poll(async () => (await ring(key))?.id).toBe(apiKey.id);
      await revokeApiKey(deskOf(store), apiKey.id);
      await expect.poll(() => ring(key)).toBeUndefined();
    } finally {
      await other.close();
    }
  });
});
