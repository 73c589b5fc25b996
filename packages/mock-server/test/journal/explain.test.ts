import { flagPresets } from "@mesibo-groups/core";
import { describe, expect, test } from "vitest";
import { refusalRules } from "../../src/engine/refusals.ts";
import { createMock, demoSeed } from "../../src/index.ts";
import type { Explanation } from "../../src/journal/explain.ts";
import { control, shownOf } from "../support/control.ts";

const T = "mock-app-token";
const json = (body: string): RequestInit => ({
  method: "POST",
  headers: { "content-type": "application/json" },
  body,
});

interface Case {
  readonly claim: string;
  readonly rule: keyof typeof refusalRules;
  readonly target: string;
  readonly init?: RequestInit;
  readonly fields: Explanation["fields"];
  readonly summary: string;
}

const none = undefined;

// The demo team: News is 102529 (broadcast, alice sends), Support 102530, Team 102531, Lobby 102532.
const cases: readonly Case[] = [
  {
    claim: "a misspelled op",
    rule: "op",
    target: `/backend/?op=groupeditmember&token=${T}`,
    fields: [{ name: "op", value: "groupeditmember", nearest: "groupeditmembers" }],
    summary:
      "groupeditmember was refused with BADOP: There is no such operation (op=groupeditmember). Did you mean op=groupeditmembers?",
  },
  {
    claim: "an op in capitals",
    rule: "op",
    target: `/backend/?op=GroupAdd&token=${T}`,
    fields: [{ name: "op", value: "GroupAdd", nearest: "groupadd" }],
    summary:
      "GroupAdd was refused with BADOP: There is no such operation (op=GroupAdd). Did you mean op=groupadd?",
  },
  {
    claim: "an op with its words in another order",
    rule: "op",
    target: `/backend/?op=deluser&token=${T}`,
    fields: [{ name: "op", value: "deluser", nearest: "userdel" }],
    summary:
      "deluser was refused with BADOP: There is no such operation (op=deluser). Did you mean op=userdel?",
  },
  {
    claim: "no op",
    rule: "op",
    target: `/backend/?token=${T}`,
    fields: [{ name: "op", value: none, nearest: none }],
    summary: "A request without an op was refused with BADOP: There is no such operation.",
  },
  {
    claim: "a missing parameter, and the misspelled one in its place",
    rule: "missing",
    target: `/backend/?op=groupdel&token=${T}&gdi=102529`,
    fields: [{ name: "gid", value: none, nearest: none }],
    summary:
      'groupdel was refused with MISSINGPARA: A mandatory parameter is missing: gid. mesibo has no parameter "gdi" and ignored it; did you mean gid?',
  },
  {
    claim: "a gid with a letter in it",
    rule: "malformed",
    target: `/backend/?op=groupdel&token=${T}&gid=102530x`,
    fields: [{ name: "gid", value: "102530x", nearest: "102530" }],
    summary:
      "groupdel was refused with BADPARA: A parameter has a value that it cannot have: gid must be a whole number from 1 to 4294967295 (gid=102530x). Did you mean gid=102530?",
  },
  {
    claim: "a flag beyond 32 bits",
    rule: "malformed",
    target: `/backend/?op=groupset&token=${T}&gid=102530&flag=4294967296`,
    fields: [{ name: "flag", value: "4294967296", nearest: "4294967295" }],
    summary:
      "groupset was refused with BADPARA: A parameter has a value that it cannot have: flag must be a flag from 0 to 4294967295, decimal or 0x (flag=4294967296). Did you mean flag=4294967295?",
  },
  {
    claim: "a flag that is a word",
    rule: "malformed",
    target: `/backend/?op=groupadd&token=${T}&flag=broadcast`,
    fields: [{ name: "flag", value: "broadcast", nearest: none }],
    summary:
      "groupadd was refused with BADPARA: A parameter has a value that it cannot have: flag must be a flag from 0 to 4294967295, decimal or 0x (flag=broadcast).",
  },
  {
    claim: "a gid that is not there",
    rule: "group",
    target: `/backend/?op=groupdel&token=${T}&gid=102591`,
    fields: [{ name: "gid", value: "102591", nearest: "102532" }],
    summary:
      "groupdel was refused with BADGROUP: This app has no such group (gid=102591). Did you mean gid=102532?",
  },
  {
    claim: "misspelled addresses among right ones",
    rule: "user",
    target: `/backend/?op=groupeditmembers&token=${T}&gid=102529&m=alice%40example.com,bob%40exmaple.com,carl%40example.com`,
    fields: [
      {
        name: "m",
        value: "alice@example.com,bob@exmaple.com,carl@example.com",
        nearest: "bob@example.com,carol@example.com",
      },
    ],
    summary:
      "groupeditmembers was refused with BADUSER: You can only add valid users; not known here: bob@exmaple.com, carl@example.com (m=alice@example.com,bob@exmaple.com,carl@example.com). Did you mean m=bob@example.com,carol@example.com?",
  },
  {
    claim: "a uid that is not there",
    rule: "user",
    target: `/backend/?op=userdel&token=${T}&uid=1016`,
    fields: [{ name: "uid", value: "1016", nearest: "1006" }],
    summary:
      "userdel was refused with BADUSER: You can only add valid users; not known here (uid=1016). Did you mean uid=1006?",
  },
  {
    claim: "a sender who is no member",
    rule: "notMember",
    target: `/backend/?op=message&token=${T}&gid=102531&from=erin%40example.com&msg=hi`,
    fields: [{ name: "from", value: "erin@example.com", nearest: "alice@example.com" }],
    summary:
      "message was refused with NOTMEMBER: Only members may send to this group, and the sender is not one (from=erin@example.com). Did you mean from=alice@example.com?",
  },
  {
    claim: "a member who may not send",
    rule: "permission",
    target: `/backend/?op=message&token=${T}&gid=102529&from=bob%40example.com&msg=hi`,
    fields: [{ name: "from", value: "bob@example.com", nearest: "alice@example.com" }],
    summary:
      "message was refused with PERMISSION: Only selected members may send to this group, and the sender lacks the permission (from=bob@example.com). Did you mean from=alice@example.com?",
  },
  {
    claim: "a body that ends too early",
    rule: "body",
    target: `/backend/?token=${T}`,
    init: json('{"op":"groupadd"'),
    fields: [],
    summary:
      "A request without an op was refused with BADREQUEST: The body is not a JSON object. It ends before the object does.",
  },
  {
    claim: "a body that a script wrote in its own notation",
    rule: "body",
    target: `/backend/?token=${T}`,
    init: json("{\n  'op': 'groupadd'}"),
    fields: [],
    summary:
      "A request without an op was refused with BADREQUEST: The body is not a JSON object. It is no JSON at line 2, character 3.",
  },
  {
    claim: "a body that is a list",
    rule: "body",
    target: `/backend/?op=groupadd&token=${T}`,
    init: json("[1]"),
    fields: [],
    summary:
      "groupadd was refused with BADREQUEST: The body is not a JSON object. It is JSON, and no object.",
  },
  {
    claim: "a body that is too large",
    rule: "size",
    target: `/backend/?op=groupadd&token=${T}`,
    init: json(`{"name":"${"x".repeat(2 ** 24)}"}`),
    fields: [],
    summary: "groupadd was refused with TOOLARGE: The body is over 16 MiB.",
  },
];

describe("a refused request is explained with its rule, its fields and what was probably meant", () => {
  test.each(cases)("$claim", async ({ rule, target, init, fields, summary }) => {
    const { explanation } = await shownOf(createMock({ seed: demoSeed }), target, init);
    const { cause, source, confidence } = refusalRules[rule];
    expect({ ...explanation, ignored: undefined, aliases: undefined, relied: undefined }).toEqual({
      summary,
      rule: { id: `refusal_${rule}`, sentence: cause, source, confidence },
      fields,
    });
  });

  test("a group that is paused: another gid would do no better", async () => {
    const mock = createMock({ seed: demoSeed });
    await mock.fetch(`${mock.url}?op=groupset&token=${T}&gid=102531&active=0`, {});
    const { explanation } = await shownOf(
      mock,
      `/backend/?op=message&token=${T}&gid=102531&from=alice%40example.com&msg=x`,
    );
    expect(explanation).toMatchObject({
      rule: { id: "refusal_paused" },
      fields: [{ name: "gid", value: "102531", nearest: none }],
    });
  });

  test("a token that is not known, in the list of strays, and the token is no value to be shown", async () => {
    const mock = createMock({ tokens: ["the-right-token"] });
    await mock.fetch(`${mock.url}?op=groupadd&token=the-wrong-token`, {});
    const { json: strays } = await control(mock, "GET", "/strays");
    const { source } = refusalRules.auth;
    expect(strays).toMatchObject({
      count: 1,
      requests: [
        {
          query: "op=groupadd&token=[redacted]",
          explanation: {
            summary: "groupadd was refused with AUTHFAIL: The app token is invalid or expired.",
            rule: { id: "refusal_auth", source, confidence: "recorded" },
            fields: [{ name: "token" }],
          },
        },
      ],
    });
  });

  test("every rule has a case here", () => {
    const covered = new Set<string>([...cases.map(({ rule }) => rule), "paused", "auth"]);
    expect(Object.keys(refusalRules).filter((rule) => !covered.has(rule))).toEqual([]);
  });
});

describe("a request that was done is explained too", () => {
  const mock = createMock({ seed: demoSeed });

  test("with nothing to say, in three words", async () => {
    const { explanation } = await shownOf(mock, `/backend/?op=groupsget&token=${T}&count=5&sig=none`);
    expect(explanation).toMatchObject({
      summary: "groupsget was done.",
      rule: none,
      fields: [],
      ignored: [{ name: "sig", nearest: none }],
      aliases: [],
      relied: [{ id: "groupsget_answer" }],
    });
  });

  test.each([
    ["nmae", `/backend/?op=groupadd&token=${T}&nmae=x`, none, "nmae", "name"],
    ["the case", `/backend/?op=groupadd&token=${T}&Name=x`, none, "Name", "name"],
    ["a path in a query", `/backend/?op=groupadd&token=${T}&group.name=x`, none, "group.name", "name"],
    [
      "permisions",
      "/backend/",
      `{"op":"groupeditmembers","token":"${T}","group":{"gid":102531,"members":{"m":"bob@example.com","permisions":{"send":1}}}}`,
      "group.members.permisions.send",
      "group.members.permissions.send",
    ],
    [
      "a flat name at a wrong place",
      "/backend/",
      `{"op":"groupeditmembers","token":"${T}","group":{"gid":102531,"members":{"m":"bob@example.com","cs":1}}}`,
      "group.members.cs",
      "group.members.permissions.send",
    ],
  ])("a parameter that mesibo ignored, by %s", async (_, target, body, name, nearest) => {
    const { explanation, result } = await shownOf(mock, target, body === undefined ? {} : json(body));
    expect([result, explanation.ignored]).toEqual(["done", [{ name, nearest }]]);
    const hint = ` mesibo has no parameter "${name}" and ignored it; did you mean ${nearest}?`;
    expect(explanation.summary.includes(hint)).toBe(nearest !== undefined);
  });

  test("spellings of others than mesibo, with where they were seen", async () => {
    const { explanation } = await shownOf(mock, `/backend/?op=getmembers&token=${T}&gid=102529&flags=1`);
    expect(explanation.aliases).toEqual([
      { spelling: "getmembers", of: "groupgetmembers", source: expect.stringContaining("MAB") as string },
      { spelling: "flags", of: "flag", source: "SAM22 (flattened form)" },
    ]);
    expect(explanation.relied.map(({ id }) => id)).toEqual(["op_echoed", "joining_order"]);
  });

  test("a message in mesibo's own JSON uses no alias", async () => {
    const body = {
      op: "message",
      token: T,
      from: "alice@example.com",
      to: "bob@example.com",
      message: "x",
      flags: 1,
    };
    const { explanation } = await shownOf(mock, "/backend/", json(JSON.stringify(body)));
    expect([explanation.aliases, explanation.ignored]).toEqual([[], []]);
  });
});

test("a request whose body was cut is explained all the same", async () => {
  const mock = createMock({ seed: demoSeed });
  const m = Array.from({ length: 5_000 }, (_, n) => `stranger${n}`);
  const body = JSON.stringify({ op: "groupeditmembers", token: T, group: { members: { m }, gid: 102529 } });
  const { cut, op, explanation } = await shownOf(mock, "/backend/", json(body));
  expect({ cut, op, rule: explanation.rule?.id }).toEqual({
    cut: ["body"],
    op: "groupeditmembers",
    rule: "refusal_user",
  });
  expect(explanation.summary).toMatch(
    /^groupeditmembers was refused with BADUSER: .*stranger0, stranger1, stranger2 and 4997 more \(m=stranger0,.*…\)\.$/,
  );
});

test("a value that would have worked is looked up in the world as it is now", async () => {
  const mock = createMock({ seed: { users: ["a"], groups: [{ name: "G", flags: flagPresets.broadcast }] } });
  const shown = await shownOf(mock, `/backend/?op=groupdel&token=${T}&gid=5`);
  expect(shown.explanation.fields[0]?.nearest).toBe("102529");
  await mock.fetch(`${mock.url}?op=groupdel&token=${T}&gid=102529`, {});
  expect(mock.world().requests()[0]?.explanation.fields[0]?.nearest).toBeUndefined();
});
