import { noPermissions } from "@mesibo-groups/core";
import { describe, expect, test } from "vitest";
import { createMock, type Mock } from "../../src/index.ts";
import { demoSeed } from "../../src/seed.ts";
import { clientOf } from "../support/worlds.ts";
import { ask, openConsole } from "./console.ts";

const NOW = 1_800_000_000;
const TOKEN = "canary-token-of-the-console";

const demo = (): Mock => createMock({ seed: demoSeed, tokens: [TOKEN], now: () => NOW });

const settings = {
  do: "settings",
  name: "News",
  send: "selected",
  receive: "members",
  store: "1",
  active: "1",
  expiry: "",
  expiryext: "0",
};

/** The bodies of the latest requests, without the token. */
const sent = (mock: Mock): readonly unknown[] =>
  mock
    .world()
    .requests()
    .map(({ body }) => {
      const { token: _, ...rest } = JSON.parse(body) as Record<string, unknown>;
      return rest;
    });

describe("a form", () => {
  test("goes the way of an API call: into the world and into the journal", async () => {
    const mock = demo();
    const console = await openConsole(mock);
    const page = await console.follow("/groups/new", {
      ...settings,
      do: "create",
      name: "Büro",
      send: "members",
    });
    expect(page.text).toContain("✓ groupadd was done. Request 1");
    expect(mock.world().groups().at(-1)).toEqual({ gid: 102533, name: "Büro", members: [] });
    expect(sent(mock)).toEqual([{ op: "groupadd", group: { name: "Büro" } }]);
  });

  test("of settings sends what it changes and nothing else", async () => {
    const mock = demo();
    const console = await openConsole(mock);
    await console.follow("/groups/102529", { ...settings, receive: "in_turn", loopback: "1", expiry: "60" });
    expect(sent(mock)).toEqual([
      { op: "groupset", group: { gid: 102529, flags: 0x1 | 0x20 | 0x80, duration: 60 } },
    ]);
  });

  test("keeps bits that no field of it stands for", async () => {
    const mock = demo();
    const console = await openConsole(mock);
    await console.follow("/groups/102531", { do: "flag", flag: "0x40000|hunt-group" });
    await console.follow("/groups/102531", { ...settings, name: "Team", send: "anyone", receive: "in_turn" });
    expect(sent(mock)).toEqual([
      { op: "groupset", group: { gid: 102531, flags: 0x40020 } },
      { op: "groupset", group: { gid: 102531, flags: 0x40022 } },
    ]);
  });

  test("leaves a name alone that a line cannot show", async () => {
    const mock = demo();
    const { gid } = await clientOf(mock).groups.create({ name: "two\nlines\0" });
    const console = await openConsole(mock);
    await console.follow(`/groups/${gid}`, {
      ...settings,
      name: "twolines\ufffd",
      send: "members",
      pinned: "1",
    });
    expect(mock.world().groups().at(-1)?.name).toBe("two\nlines\0");
  });

  test("that mesibo refuses says why, keeps what was typed and changes nothing", async () => {
    const mock = demo();
    const console = await openConsole(mock);
    const before = mock.world().groups();
    const page = await console.submit("/groups/102529", {
      do: "add",
      members: "erin@example.com\nnobody@x",
      send: "1",
    });
    expect(page.status).toBe(422);
    expect(page.text).toContain("✕ Refused with BADUSER");
    expect(page.text).toContain("nobody@x");
    expect(page.text).toContain("Why: request 1");
    expect(page.html).toContain("erin@example.com\nnobody@x</textarea>");
    expect(mock.world().groups()).toEqual(before);
  });

  test.each([
    ["a number that is none", { ...settings, expiry: "soon" }, "expiry must be a whole number from"],
    ["a flag that is none", { do: "flag", flag: "broadcst" }, "Did you mean broadcast?"],
    ["another gid to delete", { do: "delete", gid: "102530" }, "To delete the group type its gid, 102529."],
  ])("with %s is not sent", async (_, fields, words) => {
    const mock = demo();
    const console = await openConsole(mock);
    const page = await console.submit("/groups/102529", fields);
    expect({ status: page.status, says: page.text.includes(words) }).toEqual({ status: 422, says: true });
    expect(mock.world().requests()).toEqual([]);
  });

  test("that a page does not have is a mistake of the caller", async () => {
    const console = await openConsole(demo());
    expect((await console.submit("/users", { do: "constructor" })).status).toBe(400);
  });
});

describe("members", () => {
  test("are added, given a permission and removed", async () => {
    const mock = demo();
    const console = await openConsole(mock);
    const listOf = () =>
      mock
        .world()
        .groups()[3]
        ?.members.map(({ address }) => address);
    await console.follow("/groups/102532", {
      do: "add",
      members: "bob@example.com, carol@example.com",
      receive: "1",
    });
    expect(listOf()).toEqual(["alice@example.com", "bob@example.com", "carol@example.com"]);

    const toggled = await console.submit("/groups/102532", {
      do: "permit",
      uid: "1002",
      permission: "send=1",
    });
    expect(toggled.headers.get("location")).toMatch(/\/groups\/102532\?did=2#m1002-send$/);
    expect(mock.world().groups()[3]?.members[1]?.permissions).toEqual({
      send: true,
      receive: true,
      publish: false,
      subscribe: false,
      list: false,
    });

    await console.follow("/groups/102532", { do: "remove", uid: "1002" });
    expect(listOf()).toEqual(["alice@example.com", "carol@example.com"]);
  });

  test("show which of their permissions the flags read", async () => {
    const console = await openConsole(demo());
    const heads = (text: string) => /send (\w+ ?\w*) receive (\w+ ?\w*) publish/.exec(text)?.slice(1);
    expect(heads((await console.get("/groups/102529")).text)).toEqual(["counts", "all may"]);
    expect(heads((await console.get("/groups/102531")).text)).toEqual(["all may", "all may"]);
  });

  test("of a large group come in pages", async () => {
    const mock = demo();
    const client = clientOf(mock);
    const addresses = Array.from({ length: 250 }, (_, index) => `user${index}@example.com`);
    for (const address of addresses) await client.users.create({ address });
    const { gid } = await client.groups.create({ name: "Large" });
    await client.members.add({ gid, addresses, permissions: noPermissions });
    const console = await openConsole(mock);
    const page = await console.get(`/groups/${gid}?page=3`);
    expect(page.text).toContain("250 members");
    expect(page.text).toContain("← Previous Page 3 of 3");
    expect(page.text.match(/user\d+@example\.com/g)?.[0]).toBe("user200@example.com");
  });
});

describe("users", () => {
  test("are added, come online and are removed", async () => {
    const mock = demo();
    const console = await openConsole(mock);
    await console.follow("/users", { do: "add", address: "frank@example.com", name: "Frank" });
    expect(mock.world().users().at(-1)).toBe("frank@example.com");
    await console.follow("/messages", {
      do: "send",
      from: "alice@example.com",
      to: "frank@example.com",
      text: "Hi",
    });
    const states = () =>
      mock
        .world()
        .deliveries()
        .map(({ state }) => state);
    expect(states()).toEqual(["waiting"]);
    await console.follow("/users", { do: "presence", uid: "1007", online: "1" });
    expect(states()).toEqual(["delivered"]);
    await console.follow("/users", { do: "remove", uid: "1007" });
    expect(mock.world().users()).toEqual(demoSeed.users);
  });
});

describe("a message", () => {
  test("shows who received it, who did not, and why", async () => {
    const mock = demo();
    const console = await openConsole(mock);
    const message = { do: "send", from: "bob@example.com", gid: "102530", to: "", text: "Who can help?" };
    const { text } = await console.follow("/messages", message);
    expect(text).toContain("1 address Address State erin@example.com … waiting");
    expect(text).toContain(
      "One member receives each message, and every member has a turn. (documented: D2g, DG)",
    );
    expect(text).toContain("bob@example.com : The sender gets no copy.");
    expect(text).toContain("+15550100 : It was not their turn.");
  });

  test("that nobody received still tells why", async () => {
    const mock = demo();
    const console = await openConsole(mock);
    const message = { do: "send", from: "alice@example.com", gid: "102532", to: "", text: "Hello?" };
    const { text } = await console.follow("/messages", message);
    expect(text).toContain("Nobody received it.");
    expect(text).toContain("A sender does not receive their own message.");
  });

  test("can be asked about before it is sent", async () => {
    const mock = demo();
    const console = await openConsole(mock);
    const { text } = await console.get("/messages?ask=1&from=bob@example.com&gid=102529&text=x");
    expect(text).toContain("Nobody: it would be refused with PERMISSION. Only selected members may send");
    expect(mock.world().requests()).toEqual([]);
  });

  test("that is refused keeps what was typed", async () => {
    const console = await openConsole(demo());
    const fields = {
      do: "send",
      from: "bob@example.com",
      gid: "102529",
      to: "",
      text: "<b>kept</b>\r\nhere",
    };
    const page = await console.submit("/messages", fields);
    expect(page.text).toContain("✕ Refused with PERMISSION");
    expect(page.html).toContain("&lt;b&gt;kept&lt;/b&gt;\nhere</textarea>");
  });
});

describe("the journal", () => {
  test("explains each request, and shows it raw and as curl", async () => {
    const mock = demo();
    const console = await openConsole(mock);
    await mock.fetch(new Request(`${mock.url}?op=groupset&gid=10252&token=${TOKEN}`));
    const list = await console.get("/requests");
    expect(list.text).toContain("groupset ✕ refused groupset was refused with BADGROUP");
    const { text } = await console.get("/requests/1");
    expect(text).toContain("gid 10252 ; try 102529");
    expect(text).toContain("GET /backend/?op=groupset&gid=10252&token=[redacted]");
    expect(text).toContain("curl ");
  });

  test("gives its script only what is new and fits the filter", async () => {
    const mock = demo();
    const console = await openConsole(mock);
    const client = clientOf(mock);
    await client.groups.create({ name: "a" });
    await client.users.create({ address: "b" });
    await client.groups.create({ name: "c" });
    const { html } = await console.get("/rows?op=groupadd&result=&after=1");
    expect(html).toContain('data-latest="3"');
    expect(html.match(/requests\/\d+/g)).toEqual(["requests/3"]);
  });

  test("names a request that it does not remember", async () => {
    const page = await (await openConsole(demo())).get("/requests/7");
    expect({
      status: page.status,
      says: page.text.includes('remembers the latest 0; "7" is none of them'),
    }).toEqual({
      status: 404,
      says: true,
    });
  });
});

describe("the clock", () => {
  test("is frozen, moved and set, and groups end", async () => {
    const mock = demo();
    const console = await openConsole(mock);
    await console.follow("/clock", { do: "freeze" });
    expect(mock.world().clock.frozen()).toBe(true);
    await console.follow("/clock", { do: "set", now: "2030-01-01T00:00:30" });
    expect(mock.world().clock.now()).toBe(Date.UTC(2030, 0, 1, 0, 0, 30) / 1000);
    expect((await console.get("/groups")).text).toContain("This world has no group yet.");
    await console.follow("/clock", { do: "release" });
    expect(mock.world().clock.frozen()).toBe(false);
  });

  test("goes to the end of a group with the button beside it", async () => {
    const mock = demo();
    const console = await openConsole(mock);
    expect((await console.get("/clock")).html).toContain('name="seconds" value="31536000"');
    await console.follow("/clock", { do: "advance", seconds: "31536000" });
    expect(mock.world().groups()).toEqual([]);
  });

  test.each([
    ["advance", { do: "advance", seconds: "much" }],
    ["set", { do: "set", now: "then" }],
  ])("does not take what is no time: %s", async (_, fields) => {
    const mock = demo();
    const page = await (await openConsole(mock)).submit("/clock", fields);
    expect(page.status).toBe(422);
    expect(mock.world().clock.now()).toBe(NOW);
  });
});

describe("faults", () => {
  test("are injected, meet the console's own calls too, and are cleared", async () => {
    const mock = demo();
    const console = await openConsole(mock);
    const plan = '[{"effect":"refuse","error":"TOKENBREACH","op":"groupdel"}]';
    expect((await console.follow("/faults", { do: "set", plan })).text).toContain('"error":"TOKENBREACH"');
    const page = await console.submit("/groups/102529", { do: "delete", gid: "102529" });
    expect(page.text).toContain("refused with TOKENBREACH");
    expect(mock.world().groups()).toHaveLength(4);
    await console.follow("/faults", { do: "clear" });
    await console.follow("/groups/102529", { do: "delete", gid: "102529" });
    expect(mock.world().groups()).toHaveLength(3);
  });

  test("that cannot be read are told, and stay in the field", async () => {
    const console = await openConsole(demo());
    for (const plan of ["{", '[{"effect":"explode"}]']) {
      const page = await console.submit("/faults", { do: "set", plan });
      expect(page.status).toBe(422);
      expect(page.text).toContain(plan);
    }
  });

  test("come in examples that can all be injected", async () => {
    const mock = demo();
    const console = await openConsole(mock);
    const { html } = await console.get("/faults");
    const examples = [...html.matchAll(/name="example" value="([^"]+)"/g)].map(([, id = ""]) => id);
    for (const example of examples) {
      await console.follow("/faults", { do: "example", example });
      expect(mock.world().faults.state().rules).toHaveLength(1);
    }
    expect(examples.length).toBeGreaterThan(0);
  });
});

describe("a world", () => {
  test("is downloaded as a snapshot and reset", async () => {
    const mock = demo();
    const console = await openConsole(mock);
    await console.follow("/groups/102529", { do: "delete", gid: "102529" });
    const { html } = await console.get("/snapshot.json");
    expect((JSON.parse(html) as { groups: unknown[] }).groups).toHaveLength(3);
    const page = await console.follow("/world", { do: "reset" });
    expect(page.text).toContain("6 users, 4 groups");
    expect(mock.world().groups()).toHaveLength(4);
    expect((await console.get("/groups")).status).toBe(404);
  });

  test("that this mock does not know is not opened", async () => {
    const page = await ask(demo(), "/_mock/console", {
      method: "POST",
      body: new URLSearchParams({ token: "another-long-token" }),
    });
    expect(page.status).toBe(422);
    expect(page.html).not.toContain("another-long-token");
  });

  test("shows what its answers have rested on", async () => {
    const console = await openConsole(demo());
    await console.follow("/groups/102529", { do: "remove", uid: "1006" });
    const { text } = await console.get("/world");
    expect(text).toContain("Removing who is no member, or no user at all, is done and changes nothing.");
  });
});
