import { createMock } from "@mesibo-groups/mock-server";
import { createClient } from "@mesibo-groups/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { importAll } from "../src/operations/kinds/import-groups.ts";
import { gatewayOver, KEY, seed, TOKEN, type TestGateway } from "./support/gateway.ts";
import { blocksOf, type Block } from "./support/sse.ts";

interface Described {
  readonly id: number;
  readonly type: string;
  readonly gid: number | null;
  readonly subject: string | null;
  readonly data: { readonly gid: number };
}

/** A gateway over a mock that has the seed, which it has taken up. */
function fresh(): TestGateway {
  const mock = createMock({ seed, tokens: [TOKEN] });
  const client = createClient({ token: TOKEN, url: mock.url, fetch: mock.fetch });
  return gatewayOver(client, importAll);
}

const all = { send: true, receive: true, publish: true, subscribe: true, list: true };

/** A group by its place among those that there are, so that most changes meet one. */
const place = fc.nat(3);
const address = fc.constantFrom("alice", "bob", "carol", "dave/ops", "nobody");
const addresses = fc.uniqueArray(address, { maxLength: 4 });
const action = fc.oneof(
  fc.record({ act: fc.constant("create"), name: fc.string({ minLength: 1, maxLength: 5 }) }),
  fc.record({ act: fc.constant("change"), place, name: fc.string({ minLength: 1, maxLength: 5 }) }),
  fc.record({ act: fc.constant("flags"), place, loopback: fc.boolean() }),
  fc.record({ act: fc.constant("delete"), place }),
  fc.record({ act: fc.constant("import"), place }),
  fc.record({ act: fc.constant("set"), place, address, send: fc.boolean() }),
  fc.record({ act: fc.constant("remove"), place, address }),
  fc.record({ act: fc.constant("batch"), place, added: addresses, removed: addresses }),
  fc.record({ act: fc.constant("list"), place, wanted: addresses }),
);

type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;

async function groupsOf({ ask }: TestGateway) {
  return ((await ask("/v1/groups?limit=1000")).json as { items: { gid: number }[] }).items;
}

/** Does one thing, whatever comes of it. */
async function perform(gateway: TestGateway, done: Action): Promise<void> {
  const { ask } = gateway;
  if (!("place" in done)) {
    await ask("/v1/groups", { method: "POST", body: { name: done.name } });
    return;
  }
  const gid = (await groupsOf(gateway))[done.place]?.gid ?? 99;
  const path = `/v1/groups/${gid}`;
  if ("wanted" in done) {
    const members = done.wanted.map((address) => ({ address }));
    await ask(`${path}/members?max_removals=9`, { method: "PUT", body: { permissions: all, members } });
  } else if ("added" in done) {
    const removed = done.removed.filter((address) => !done.added.includes(address));
    const items = [
      ...done.added.map((address) => ({ address })),
      ...removed.map((address) => ({ address, remove: true })),
    ];
    await ask(`${path}/member-batches`, { method: "POST", body: { permissions: all, items } });
  } else if ("address" in done) {
    const member = `${path}/members/${encodeURIComponent(done.address)}`;
    if ("send" in done) {
      await ask(member, { method: "PUT", body: { permissions: { ...all, send: done.send } } });
    } else await ask(member, { method: "DELETE" });
  } else if ("name" in done) await ask(path, { method: "PATCH", body: { name: done.name } });
  else if ("loopback" in done)
    await ask(path, { method: "PATCH", body: { flags: { loopback: done.loopback } } });
  else if (done.act === "delete") await ask(path, { method: "DELETE" });
  else await ask("/v1/group-imports", { method: "POST", body: { gids: [gid] } });
}

const open = ({ request }: TestGateway, query: string) =>
  request(`/v1/events?${query}`, { headers: { authorization: `Bearer ${KEY}` } });

const described = ({ data }: Block): Described => data as Described;

/** Everything that was told, from the beginning. */
async function historyOf(gateway: TestGateway): Promise<readonly Described[]> {
  const told: Described[] = [];
  for await (const block of blocksOf(await open(gateway, "after=0&follow=false")))
    told.push(described(block));
  return told;
}

/** What somebody has who has heard of nothing but these events. */
function replay(events: readonly Described[]) {
  const groups = new Map<number, unknown>();
  const members = new Map<number, Map<string, unknown>>();
  for (const { type, gid, subject, data } of events) {
    if (gid === null) continue;
    if (type.startsWith("group.") && type !== "group.deleted") groups.set(gid, data);
    if (type === "group.deleted") {
      groups.delete(gid);
      members.delete(gid);
    }
    const those = members.get(gid) ?? new Map<string, unknown>();
    if (type === "member.set" && subject !== null) members.set(gid, those.set(subject, data));
    if (type === "member.removed" && subject !== null) those.delete(subject);
  }
  const byAddress = (those: Map<string, unknown> = new Map()) =>
    [...those].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, member]) => member);
  return [...groups]
    .toSorted(([a], [b]) => a - b)
    .map(([gid, group]) => ({ group, members: byAddress(members.get(gid)) }));
}

/** What the gateway itself has. */
async function directoryOf(gateway: TestGateway) {
  const found = [];
  for (const group of await groupsOf(gateway)) {
    const { json } = await gateway.ask(`/v1/groups/${group.gid}/members?limit=1000`);
    found.push({ group, members: (json as { items: unknown[] }).items });
  }
  return found;
}

describe("the events of any changes", () => {
  test("replayed from the beginning are the directory", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 25 }), async (actions) => {
        const gateway = fresh();
        for (const each of actions) await perform(gateway, each);
        const events = await historyOf(gateway);
        expect(replay(events)).toEqual(await directoryOf(gateway));
        expect(events.map(({ id }) => id)).toEqual(events.map((_, index) => index + 1));
      }),
      { numRuns: process.env["MESIBO_LONG"] === "1" ? 1000 : 40 },
    );
  });

  test("are told once each to whoever is cut off anywhere and goes on, while changes come", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(action, { minLength: 5, maxLength: 15 }),
        fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 10 }),
        async (actions, cuts) => {
          const gateway = fresh();
          await gateway.ask("/livez");
          const told: Described[] = [];
          const changing = (async () => {
            for (const each of actions) await perform(gateway, each);
          })();
          for (const cut of cuts) {
            const after = told.at(-1)?.id ?? 0;
            let taken = 0;
            for await (const block of blocksOf(await open(gateway, `after=${after}&follow=false`))) {
              told.push(described(block));
              taken += 1;
              if (taken >= cut) break;
            }
          }
          await changing;
          const after = told.at(-1)?.id ?? 0;
          for await (const block of blocksOf(await open(gateway, `after=${after}&follow=false`))) {
            told.push(described(block));
          }
          expect(told).toEqual(await historyOf(gateway));
        },
      ),
      { numRuns: process.env["MESIBO_LONG"] === "1" ? 1000 : 40 },
    );
  });
});
