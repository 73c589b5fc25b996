import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startMock } from "@mesibo-groups/mock-server";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { findServer, makeDatabase, type Server } from "./store/postgres-server.ts";
import { startBin } from "./support/process.ts";
import { startGateway, type RunningGateway } from "./support/running.ts";
import { blocksOf, readBlocks, type Block } from "./support/sse.ts";

// The built gateway, twice, on one real database: what each promises alone must hold of both together.

const TOKEN = "canary-app-token-0123456789";
const keyOf = (use: string): string => `canary-api-key-for-${use}`;
const uses = ["streams", "twins", "order", "keys", "rate", "latch", "kill"] as const;
const BURST = 200;

const found = await findServer();
if (found === undefined) {
  process.stderr.write("No PostgreSQL server was found, so two gateways on one database are not tested.\n");
}

describe.skipIf(found === undefined)("two gateways on one PostgreSQL", () => {
  let server: Server;
  let mock: Awaited<ReturnType<typeof startMock>>;
  let database: Awaited<ReturnType<typeof makeDatabase>>;
  let env: Readonly<Record<string, string>>;
  let one: RunningGateway;
  let other: RunningGateway;

  beforeAll(async () => {
    if (found === undefined) throw new Error("there is no server");
    server = found;
    mock = await startMock({ tokens: [TOKEN], seed: { users: ["alice", "bob"], groups: [] } });
    database = await makeDatabase(server);
    env = {
      MESIBO_APP_TOKEN: TOKEN,
      MESIBO_URL: mock.url,
      DATABASE_URL: database.url,
      GATEWAY_API_KEY: uses.map(keyOf).join(","),
      RATE_LIMIT: "1",
      RATE_BURST: String(BURST),
    };
    // At once, on a database that is empty: one of them makes the tables.
    [one, other] = await Promise.all([startGateway(env), startGateway(env)]);
  }, 60_000);

  afterAll(async () => {
    await Promise.all([one.end("SIGTERM"), other.end("SIGTERM")]);
    await mock.close();
    await database.drop();
    await server.stop();
  }, 60_000);

  /** The statement of an operator at the database. */
  async function run(statement: string): Promise<void> {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await client.query(statement);
    await client.end();
  }

  const create = (
    gateway: RunningGateway,
    name: string,
    key: string,
    idempotencyKey: string = randomUUID(),
  ) => gateway.ask("/v1/groups", { method: "POST", body: { name }, key, idempotencyKey });

  const gidOf = ({ json }: { readonly json: unknown }): number => (json as { gid: number }).gid;

  /** Follows the events of one of them until there are so many operations. */
  async function follow(gateway: RunningGateway, operations: number) {
    const response = await fetch(`${gateway.url}/v1/events`, {
      headers: { authorization: `Bearer ${keyOf("streams")}` },
    });
    const blocks = blocksOf(response);
    const begun = (await blocks.next()).value;
    if (begun?.event !== "bookmark") throw new Error("the stream does not begin with a bookmark");
    const following = (async () => {
      const read: Block[] = [];
      let ended = 0;
      while (ended < operations) {
        const { value, done } = await blocks.next();
        if (done === true) throw new Error("the stream has ended");
        if (value.event !== undefined) read.push(value);
        if (value.event?.startsWith("operation.") === true) ended += 1;
      }
      await blocks.return();
      return read;
    })();
    return { begun, following };
  }

  async function historyAfter(gateway: RunningGateway, id: number): Promise<readonly Block[]> {
    const response = await fetch(`${gateway.url}/v1/events?after=${id}&follow=false`, {
      headers: { authorization: `Bearer ${keyOf("streams")}` },
    });
    return readBlocks(response);
  }

  test("a key sent to both at once makes one group, and both give the same answer from then on", async () => {
    const [key, idempotencyKey] = [keyOf("twins"), randomUUID()];
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, n) => create(n % 2 === 0 ? one : other, "Twin", key, idempotencyKey)),
    );
    const statuses = new Set(answers.map(({ status }) => status));
    expect(statuses.has(201)).toBe(true);
    expect([...statuses].filter((status) => ![201, 409].includes(status))).toEqual([]);
    const again = [
      await create(one, "Twin", key, idempotencyKey),
      await create(other, "Twin", key, idempotencyKey),
    ];
    const first = answers.find(({ status }) => status === 201);
    expect(again.map(({ status, json }) => ({ status, json }))).toEqual([
      { status: 201, json: first?.json },
      { status: 201, json: first?.json },
    ]);
    expect(
      mock
        .world(TOKEN)
        .groups()
        .filter(({ name }) => name === "Twin"),
    ).toHaveLength(1);
    expect(mock.world(TOKEN).verify({ op: "groupadd", params: { name: "Twin" } }, { at_most: 1 }).ok).toBe(
      true,
    );
  });

  test("changes of a group go one after another, and a stream on each tells all of them in order, without a gap", async () => {
    const key = keyOf("order");
    const gid = gidOf(await create(one, "Start", key));
    const changes = 40;
    const streams = await Promise.all([follow(one, changes), follow(other, changes)]);
    const answers = await Promise.all(
      Array.from({ length: changes }, (_, n) =>
        (n % 2 === 0 ? one : other).ask(`/v1/groups/${gid}`, {
          method: "PATCH",
          body: { name: `Name ${n}` },
          key,
        }),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    // Each change met the group as the one before had left it, and mesibo's last is the gateways' last.
    const versions = answers.map(({ json }) => (json as { version: number }).version);
    expect(versions.toSorted((a, b) => a - b)).toEqual(Array.from({ length: changes }, (_, n) => n + 2));
    const last = answers.find(({ json }) => (json as { version: number }).version === changes + 1)?.json;
    for (const gateway of [one, other]) {
      expect((await gateway.ask(`/v1/groups/${gid}`, { key })).json).toEqual(last);
    }
    const { name } = last as { name: string };
    expect(
      mock
        .world(TOKEN)
        .groups()
        .find((group) => group.gid === gid)?.name,
    ).toBe(name);

    const [told, elsewhere] = await Promise.all(streams.map(({ following }) => following));
    const from = Math.max(...streams.map(({ begun }) => begun.id ?? 0));
    const whole = await historyAfter(one, from);
    expect(told).toEqual(whole);
    expect(elsewhere).toEqual(whole);
    const ids = whole.map(({ id = 0 }) => id);
    expect(ids).toEqual(Array.from({ length: changes * 2 }, (_, n) => from + 1 + n));
  }, 60_000);

  test("a key that is revoked on one is refused by the other", async () => {
    const asked = { name: "shop", scopes: ["groups:read"] };
    const made = await one.ask("/v1/api-keys", { method: "POST", body: asked, key: keyOf("keys") });
    const { id, key } = made.json as { id: string; key: string };
    const status = async () => (await other.ask("/v1/groups", { key })).status;
    expect(await status()).toBe(200);
    expect((await one.ask(`/v1/api-keys/${id}`, { method: "DELETE", key: keyOf("keys") })).status).toBe(204);
    await expect.poll(status).toBe(401);
  });

  test("share the rate of a key", async () => {
    const key = keyOf("rate");
    const statuses: number[] = [];
    const asking = async (gateway: RunningGateway): Promise<void> => {
      while (statuses.length < BURST + 50) statuses.push((await gateway.ask("/v1/flags/1", { key })).status);
    };
    await Promise.all(Array.from({ length: 16 }, (_, n) => asking(n % 2 === 0 ? one : other)));
    const passed = statuses.filter((status) => status === 200).length;
    // One more comes free each minute, and no machine takes that many.
    expect(passed).toBeGreaterThanOrEqual(BURST);
    expect(passed).toBeLessThan(BURST + 10);
    expect(new Set(statuses)).toEqual(new Set([200, 429]));
  }, 60_000);

  test("a token that is refused on one stops both, until an operator lets both go on", async () => {
    const key = keyOf("latch");
    const gid = gidOf(await create(one, "Latched", key));
    const { faults } = mock.world(TOKEN);
    const rename = (gateway: RunningGateway) =>
      gateway.ask(`/v1/groups/${gid}`, { method: "PATCH", body: { name: "Other" }, key });
    const rules = [{ effect: "refuse", error: "TOKENBREACH", code: 401, count: 1 }] as const;
    faults.set({ rules: [...rules] });
    expect((await rename(one)).status).toBe(503);
    const ready = async () => (await fetch(`${other.url}/readyz`)).status;
    await expect.poll(ready).toBe(503);
    const sent = mock.world(TOKEN).requests().length;
    const refused = await Promise.all([rename(one), rename(other), create(other, "No", key)]);
    expect(refused.map(({ json }) => (json as { type: string }).type)).toEqual(
      Array.from({ length: 3 }, () => "/problems/upstream-latched"),
    );
    expect(mock.world(TOKEN).requests()).toHaveLength(sent);

    const release = startBin(["latch", "release"], env);
    expect((await release.ended).out).toBe("The latch is released.\n");
    await expect.poll(ready).toBe(200);
    await expect.poll(async () => (await rename(one)).status).toBe(200);
    expect((await rename(other)).status).toBe(200);
    const events = await historyAfter(other, 0);
    const latch = events.flatMap(({ event = "" }) => (event.startsWith("upstream.") ? [event] : []));
    expect(latch).toEqual(["upstream.latched", "upstream.released"]);
  }, 60_000);

  test("what one leaves behind when it is killed, the other settles: a change is repeated, a create is unknown", async () => {
    const key = keyOf("kill");
    const gid = gidOf(await create(other, "Kept", key));
    const killed = await startGateway(env);
    const { faults } = mock.world(TOKEN);
    faults.set({ rules: [{ effect: "delay", ms: 30_000, op: ["groupset", "groupadd"] }] });
    const before = mock.world(TOKEN).requests().length;
    const cut = [
      killed.ask(`/v1/groups/${gid}`, { method: "PATCH", body: { name: "Changed" }, key }),
      create(killed, "Lost", key),
    ].map((asked) =>
      asked.then(
        ({ status }) => status,
        () => "cut",
      ),
    );
    const sending = async () => {
      const { json } = await other.ask("/v1/operations?state=sending", { key });
      return (json as { items: unknown[] }).items.length;
    };
    await expect.poll(sending, { timeout: 10_000, interval: 200 }).toBe(2);
    await killed.end("SIGKILL");
    expect(await Promise.all(cut)).toEqual(["cut", "cut"]);
    expect(mock.world(TOKEN).requests().length).toBeGreaterThanOrEqual(before);
    faults.set({ rules: [] });
    // Half a minute without a word, without waiting for it.
    await run(
      "update instances set seen_at = 0 where id in (select distinct instance from operations where state = 'sending')",
    );

    const states = async () => {
      const { json } = await other.ask("/v1/operations?limit=1000", { key });
      const { items } = json as { items: { kind: string; state: string; request: { name?: string } }[] };
      return items
        .filter(({ request }) => request.name === "Changed" || request.name === "Lost")
        .map(({ kind, state }) => `${kind} ${state}`)
        .toSorted();
    };
    await expect
      .poll(states, { timeout: 40_000, interval: 500 })
      .toEqual(["change_group resolved", "create_group unknown"]);
    expect((await one.ask(`/v1/groups/${gid}`, { key })).json).toMatchObject({ name: "Changed" });
    expect(
      mock
        .world(TOKEN)
        .groups()
        .find((group) => group.gid === gid)?.name,
    ).toBe("Changed");
  }, 90_000);
});

test("a second gateway on one file is refused, and says what else there is", async () => {
  const folder = mkdtempSync(join(tmpdir(), "gateway-two-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "gateway.db");
  const env = {
    MESIBO_APP_TOKEN: TOKEN,
    MESIBO_URL: "http://127.0.0.1:9/",
    GATEWAY_API_KEY: keyOf("file"),
    DATABASE_URL: `file:${file}`,
  };
  const first = await startGateway(env);
  const second = await startBin(["--port", "0", "--json"], env).ended;
  expect({ code: second.code, out: second.out, err: second.err }).toEqual({
    code: 1,
    out: "",
    err: `mesibo-gateway: Another gateway has ${file} open: end it first, or share a PostgreSQL database (DATABASE_URL=postgres://…).\n`,
  });
  expect((await first.ask("/v1/groups", { key: keyOf("file") })).status).toBe(200);
  await first.end("SIGTERM");
}, 60_000);
