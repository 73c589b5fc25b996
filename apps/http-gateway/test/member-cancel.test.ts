import { createClient, type FetchLike } from "@mesibo-groups/core";
import { createMock } from "@mesibo-groups/mock-server";
import { describe, expect, onTestFinished, test } from "vitest";
import { createGateway } from "../src/gateway.ts";
import { createEngine } from "../src/operations/engine.ts";
import { importAll } from "../src/operations/kinds/import-groups.ts";
import { openStore } from "../src/store/open.ts";
import { findServer, makeDatabase } from "./store/postgres-server.ts";
import { askOf, bodyOf, KEY, TOKEN } from "./support/gateway.ts";

const server = await findServer();
if (server === undefined) {
  process.stderr.write("No PostgreSQL server was found: no list is stopped by another gateway.\n");
}

const all = { send: true, receive: true, publish: true, subscribe: true, list: true };
const users = Array.from({ length: 1_500 }, (_, index) => `u${index}`);

describe.skipIf(server === undefined)("a list that one gateway sends", () => {
  test(
    "is stopped by another one on the same database, before the next call",
    { timeout: 60_000 },
    async () => {
      if (server === undefined) throw new Error("there is no server");
      const { url, drop } = await makeDatabase(server);
      const mock = createMock({ seed: { users, groups: [{ name: "Big" }] }, tokens: [TOKEN] });
      const third = Promise.withResolvers<void>();
      const cancelled = Promise.withResolvers<void>();
      let edits = 0;
      const fetch: FetchLike = async (target, init) => {
        if (bodyOf(init).includes("groupeditmembers")) edits += 1;
        if (edits === 3) {
          third.resolve();
          await cancelled.promise;
        }
        return mock.fetch(target, init);
      };
      const client = createClient({ token: TOKEN, url: mock.url, fetch, retries: 0 });
      const [one, other] = [await openStore(url), await openStore(url)];
      const engine = createEngine({ store: one, client, instance: "one" });
      await importAll(engine);
      const sender = createGateway({ engine, apiKeys: [KEY] });
      const stopper = createGateway({
        engine: createEngine({ store: other, client, instance: "other" }),
        apiKeys: [KEY],
      });
      onTestFinished(async () => {
        await engine.idle();
        await Promise.all([one.close(), other.close()]);
        await drop();
      });

      const body = { permissions: all, items: users.map((address) => ({ address })) };
      const accepted = await askOf(sender, "/v1/groups/102529/member-batches", { method: "POST", body });
      const path = accepted.headers.get("location") ?? "";
      await third.promise;
      expect((await askOf(stopper, `${path}/cancellation`, { method: "POST" })).status).toBe(202);
      cancelled.resolve();
      await expect
        .poll(async () => (await askOf(stopper, path)).json)
        .toMatchObject({
          state: "partial",
          progress: { succeeded: 300, skipped: 1_200, calls: 3, stopped: { reason: "cancelled" } },
        });
      expect([edits, mock.world().groups()[0]?.members.length]).toEqual([3, 300]);
    },
  );
});
