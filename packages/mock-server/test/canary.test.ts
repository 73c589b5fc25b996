import { createClient, MesiboError } from "@mesibo-groups/core";
import { inspect } from "node:util";
import { expect, test } from "vitest";
import { createMock } from "../src/index.ts";

const CANARY = "canary4711tokenthatmustneverbeseen";

test("the app token is in no refusal and no v2 answer", async () => {
  const mock = createMock({ seed: { users: ["a"], groups: [] } });
  const ask = async (query: string) => (await mock.fetch(`${mock.url}?token=${CANARY}&${query}`, {})).text();
  const answers = await Promise.all(
    [
      "op=groupadd&name=x",
      "op=nope",
      `op=${CANARY.slice(1)}`,
      "op=groupdel&gid=5",
      "op=groupadd&flag=x",
      "op=useradd&addr=b&appid=c",
      "op=groupeditmembers&gid=102529&m=ghost",
      "op=groupsget",
      "op=usersget",
    ].map(ask),
  );
  expect(answers.join("\n")).not.toContain(CANARY);
});

test("the app token is in no error, record of a call or inspection of a client", async () => {
  const seen: unknown[] = [];
  // api.php answers with the app token in every success, as the real one did (recorded, ND).
  const mock = createMock({ tokens: [CANARY] });
  const clients = [CANARY, `${CANARY}x`].map((token) =>
    createClient({
      token,
      url: "http://mesibo.mock/api.php",
      fetch: mock.fetch,
      dialect: "form",
      onCall: (record) => seen.push(record),
    }),
  );
  for (const client of clients) {
    seen.push(client, JSON.stringify(client));
    const calls = [
      client.groups.create({ name: "x" }),
      client.groups.delete(5),
      client.users.create({ address: "a" }),
    ];
    for (const settled of await Promise.allSettled(calls)) {
      if (settled.status === "fulfilled") continue;
      const error: unknown = settled.reason;
      expect(error).toBeInstanceOf(MesiboError);
      seen.push(error, JSON.stringify(error), error instanceof Error ? error.stack : "");
    }
  }
  expect(seen.length).toBeGreaterThan(10);
  expect(inspect(seen, { depth: 10, maxStringLength: null })).not.toContain(CANARY);
});
