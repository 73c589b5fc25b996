import { describe, expect, test } from "vitest";
import { answering, bodyOf, gatewayOverFetch, gatewayOverMock, NOW, problemIn } from "./support/gateway.ts";

/** The moment some seconds from now, as the gateway writes it. */
const at = (seconds: number): string => new Date((NOW + seconds) * 1000).toISOString();

const news = {
  gid: 102529,
  name: "News",
  flags: { send: "selected", receive: "members", store: true, loopback: false, other: 0 },
  flag: 1,
  flag_hex: "0x1",
  expires_at: at(31_536_000),
  expiry_extension_seconds: 0,
  active: true,
  source: "imported",
  created_at: at(0),
  observed_at: at(0),
  version: 1,
};
const team = {
  ...news,
  gid: 102530,
  name: "Team",
  flags: { ...news.flags, send: "members" },
  flag: 0,
  flag_hex: "0x0",
};
const path = "/v1/groups/102529";

/** A whole sentence, or what is to be in one. */
const said = (detail: string | RegExp): unknown =>
  typeof detail === "string" ? detail : expect.stringMatching(detail);

describe("creating a group", () => {
  test("answers 201 with its place, and what was asked for", async () => {
    const { ask } = gatewayOverMock();
    const body = {
      name: "Ops",
      flags: { send: "selected", receive: "selected", loopback: true },
      expires_in_seconds: 3600,
      expiry_extension_seconds: 60,
      active: false,
    };
    const created = await ask("/v1/groups", { method: "POST", body });
    expect(created.status).toBe(201);
    expect(created.headers.get("location")).toBe("/v1/groups/102531");
    const group = {
      gid: 102531,
      name: "Ops",
      flags: { send: "selected", receive: "selected", store: true, loopback: true, other: 0 },
      flag: 145,
      flag_hex: "0x91",
      expires_at: at(3600),
      expiry_extension_seconds: 60,
      active: false,
      source: "created",
      created_at: at(0),
      observed_at: at(0),
      version: 1,
    };
    expect(created.json).toEqual(group);
    expect(created.headers.get("etag")).toBe('"1"');
    expect((await ask("/v1/groups/102531")).json).toEqual(group);
  });

  test("takes the flags as a word, unknown bits included", async () => {
    const { ask } = gatewayOverMock();
    const created = await ask("/v1/groups", { method: "POST", body: { name: "Ops", flag: 0x40_0091 } });
    expect(created.json).toMatchObject({ flag: 0x40_0091, flags: { other: 0x40_0000 } });
    expect((await ask("/v1/groups/102531")).json).toEqual(created.json);
  });

  test("starts from the normal flags", async () => {
    const created = await gatewayOverMock().ask("/v1/groups", { method: "POST", body: { name: "Ops" } });
    expect(created.json).toEqual({ ...team, gid: 102531, name: "Ops", source: "created" });
  });

  test.each([
    [
      {},
      "/name",
      "missing",
      "name is missing: give a text of 1 to 1024 bytes in UTF-8, without NUL or halves of surrogate pairs.",
    ],
    [
      { name: "" },
      "/name",
      "invalid_value",
      'name must be a text of 1 to 1024 bytes in UTF-8, without NUL or halves of surrogate pairs, not "".',
    ],
    [{ name: "é".repeat(513) }, "/name", "invalid_value", /^name must be a text of 1 to 1024 bytes/],
    [{ name: "a\0b" }, "/name", "invalid_value", /^name must be a text of .* without NUL/],
    [{ name: "\ud800" }, "/name", "invalid_value", /^name must be a text/],
    [{ name: 1 }, "/name", "invalid_type", /not 1\.$/],
    [
      { name: "x", flag: 3 },
      "/flag",
      "invalid_value",
      /^flag must be free of contradictory bits: .*, not 3\.$/,
    ],
    [{ name: "x", flag: 48 }, "/flag", "invalid_value", /contradictory/],
    [{ name: "x", flag: 4 }, "/flag", "invalid_value", /contradictory/],
    [{ name: "x", flag: 2 ** 31 }, "/flag", "invalid_value", /mesibo does not store/],
    [
      { name: "x", flag: 2 ** 32 },
      "/flag",
      "out_of_range",
      "flag must be a whole number from 0 to 4294967295, not 4294967296.",
    ],
    [{ name: "x", flag: -1 }, "/flag", "out_of_range", /not -1\.$/],
    [{ name: "x", flag: 1.5 }, "/flag", "invalid_type", /not 1\.5\.$/],
    [{ name: "x", flag: "0x11" }, "/flag", "invalid_type", /not "0x11"\.$/],
    [
      { name: "x", flag: 1, flags: {} },
      "/flag",
      "invalid_value",
      "flag must be left out where flags is given, not 1.",
    ],
    [
      { name: "x", flags: { send: "all" } },
      "/flags/send",
      "invalid_value",
      'flags.send must be one of members, selected, anyone, not "all".',
    ],
    [
      { name: "x", flags: { store: 1 } },
      "/flags/store",
      "invalid_type",
      "flags.store must be true or false, not 1.",
    ],
    [
      { name: "x", flags: { other: 1 } },
      "/flags/other",
      "invalid_value",
      /^flags\.other must be the bits that are none of the other fields/,
    ],
    [
      { name: "x", flags: { conflicts: [] } },
      "/flags/conflicts",
      "unknown_field",
      '"conflicts" is no field of this request.',
    ],
    [{ name: "x", flags: [] }, "/flags", "invalid_type", /not a list\.$/],
    [
      { name: "x", expires_in_seconds: 0 },
      "/expires_in_seconds",
      "out_of_range",
      "expires_in_seconds must be a whole number from 1 to 4294967295, not 0.",
    ],
    [
      { name: "x", expires_in_seconds: 1e300 },
      "/expires_in_seconds",
      "out_of_range",
      "expires_in_seconds must be a whole number from 1 to 4294967295, not 1e+300.",
    ],
    [
      '{"name":"x","expires_in_seconds":1e400}',
      "/expires_in_seconds",
      "invalid_type",
      "expires_in_seconds must be a whole number from 1 to 4294967295, not Infinity.",
    ],
    [{ name: "x", expiry_extension_seconds: -1 }, "/expiry_extension_seconds", "out_of_range", /not -1\.$/],
    [{ name: "x", active: "yes" }, "/active", "invalid_type", 'active must be true or false, not "yes".'],
    [{ name: "x", gid: 5 }, "/gid", "unknown_field", '"gid" is no field of this request.'],
    [[], "", "invalid_type", "The body must be a JSON object, not a list."],
    ["null", "", "invalid_type", "The body must be a JSON object, not null."],
  ])("refuses %j and names the field", async (body, pointer, code, detail) => {
    const { ask, mock } = gatewayOverMock();
    const answer = await ask("/v1/groups", { method: "POST", body });
    expect(answer.status).toBe(400);
    const { errors, ...problem } = problemIn(answer);
    expect(errors).toEqual([
      {
        in: "body",
        pointer,
        code,
        detail: said(detail),
      },
    ]);
    expect(problem).toMatchObject({ type: "/problems/validation", sent: "no", detail: errors?.[0]?.detail });
    expect(mock.world().groups()).toHaveLength(2);
  });

  test("names every field at fault at once", async () => {
    const body = { name: "", active: 0, colour: "red" };
    const answer = await gatewayOverMock().ask("/v1/groups", { method: "POST", body });
    expect(problemIn(answer).errors?.map(({ pointer }) => pointer)).toEqual(["/name", "/active", "/colour"]);
  });
});

describe("listing groups", () => {
  test("answers all that are known", async () => {
    const answer = await gatewayOverMock().ask("/v1/groups");
    expect(answer.json).toEqual({ items: [news, team], next_cursor: null });
  });

  test("filters by name, exactly or by pattern", async () => {
    const { ask } = gatewayOverMock();
    const named = async (name: string) => (await ask(`/v1/groups?filter[name]=${name}`)).json;
    expect(await named("Team")).toEqual({ next_cursor: null, items: [team] });
    expect(await named("*e*s")).toEqual({ next_cursor: null, items: [news] });
    expect(await named("e")).toEqual({ next_cursor: null, items: [] });
    expect(await named("%25e%25")).toEqual({ next_cursor: null, items: [] });
    expect(await named("_eam*")).toEqual({ next_cursor: null, items: [] });
  });

  test("goes on behind a page with its cursor, to the end", async () => {
    const { ask } = gatewayOverMock();
    const first = (await ask("/v1/groups?limit=1")).json as { items: unknown; next_cursor: string };
    expect(first).toEqual({ items: [news], next_cursor: expect.any(String) });
    const second = (await ask(`/v1/groups?limit=1&cursor=${first.next_cursor}`)).json;
    expect(second).toEqual({ items: [team], next_cursor: null });
  });

  test.each(["x", "", "MTAyNTI5==", "!!"])("refuses the cursor %j", async (cursor) => {
    const answer = await gatewayOverMock().ask(`/v1/groups?cursor=${cursor}`);
    expect(problemIn(answer)).toMatchObject({ status: 400, errors: [{ pointer: "/cursor" }] });
  });

  test.each([
    ["limit=0", "/limit", 'limit must be a whole number from 1 to 1000, not "0".'],
    ["limit=1001", "/limit", 'limit must be a whole number from 1 to 1000, not "1001".'],
    ["limit=1&limit=2", "/limit", "limit must be a whole number from 1 to 1000, not a list."],
    ["limt=1", "/limt", '"limt" is no field of this request.'],
  ])("refuses ?%s", async (query, pointer, detail) => {
    const answer = await gatewayOverMock().ask(`/v1/groups?${query}`);
    expect(problemIn(answer).errors).toEqual([{ in: "query", pointer, code: expect.any(String), detail }]);
  });
});

describe("reading a group", () => {
  test("answers it with its version, and nothing to who has that version", async () => {
    const { ask } = gatewayOverMock();
    const answer = await ask(path);
    expect([answer.json, answer.headers.get("etag")]).toEqual([news, '"1"']);
    const again = await ask(path, { headers: { "if-none-match": 'W/"7", "1"' } });
    expect([again.status, again.text, again.headers.get("etag")]).toEqual([304, "", '"1"']);
    expect((await ask(path, { headers: { "if-none-match": '"2"' } })).status).toBe(200);
  });

  test.each(["0", "-1", "1.5", "0x1", "abc", "4294967296", "007", "1e3"])(
    "refuses the gid %s before anybody is called",
    async (gid) => {
      const { ask, sent } = gatewayOverFetch(answering({ result: true }));
      const answer = await ask(`/v1/groups/${gid}`);
      expect(answer.status).toBe(400);
      expect(problemIn(answer).errors).toMatchObject([
        { in: "path", pointer: "/gid", code: "invalid_value" },
      ]);
      expect(sent()).toBe(0);
    },
  );

  test("an unknown gid is 404, which says that mesibo may know it", async () => {
    const answer = await gatewayOverMock().ask("/v1/groups/99");
    expect(problemIn(answer)).toMatchObject({
      status: 404,
      type: "/problems/group-not-known",
      detail: "The gateway knows no group 99. If it exists in mesibo, POST it to /v1/group-imports first.",
      gid: 99,
    });
  });
});

describe("changing a group", () => {
  test("changes what is named and keeps the rest, unknown bits included", async () => {
    const { ask } = gatewayOverMock();
    await ask(path, { method: "PATCH", body: { flag: 0x40_0011 } });
    const changed = await ask(path, {
      method: "PATCH",
      body: { flags: { loopback: true, receive: "in_turn" }, expiry_extension_seconds: 7 },
      headers: { "content-type": "application/merge-patch+json" },
    });
    const expected = {
      ...news,
      flags: { send: "selected", receive: "in_turn", store: true, loopback: true, other: 0x40_0000 },
      flag: 0x40_00a1,
      flag_hex: "0x4000a1",
      expiry_extension_seconds: 7,
      version: 3,
    };
    expect(changed.status).toBe(200);
    expect(changed.json).toEqual(expected);
    expect((await ask(path)).json).toEqual(expected);
  });

  test("changes name, lifetime and activity", async () => {
    const { ask } = gatewayOverMock();
    const body = { name: "New\r\nname", expires_in_seconds: 5, active: false };
    const changed = await ask(path, { method: "PATCH", body });
    expect(changed.json).toEqual({
      ...news,
      name: "New\r\nname",
      expires_at: at(5),
      active: false,
      version: 2,
    });
  });

  test.each([{}, { flags: {} }])("changes nothing with %j, and answers the group", async (body) => {
    const answer = await gatewayOverMock().ask(path, { method: "PATCH", body });
    expect({ status: answer.status, json: answer.json }).toEqual({ status: 200, json: news });
  });

  test("keeps contradictory bits that the group already has", async () => {
    const written: unknown[] = [];
    const row = { gid: 20, name: "x", flag: 3, pinned: 0, expinsec: 5, expiryext: 0, active: 1 };
    const { ask } = gatewayOverFetch(async (_, init) => {
      const request = JSON.parse(bodyOf(init)) as { op: string };
      if (request.op === "groupset") written.push(request);
      return Response.json({
        groups: [row],
        count: 1,
        groupscount: 1,
        members: [],
        group: { gid: 20 },
        result: true,
      });
    });
    await ask("/v1/group-imports", { method: "POST", body: { gids: [20] } });
    const answer = await ask("/v1/groups/20", { method: "PATCH", body: { flags: { loopback: true } } });
    expect(answer.status).toBe(200);
    expect(written).toMatchObject([{ group: { gid: 20, flags: 0x83 } }]);
  });

  test("is not done where If-Match names another version", async () => {
    const { ask, mock } = gatewayOverMock();
    const body = { name: "Other" };
    const late = await ask(path, { method: "PATCH", body, headers: { "if-match": '"2"' } });
    expect([problemIn(late), late.headers.get("etag")]).toMatchObject([
      { status: 412, type: "/problems/version-mismatch", sent: "no", etag: '"1"' },
      '"1"',
    ]);
    expect(mock.world().groups()[0]?.name).toBe("News");
    const right = await ask(path, { method: "PATCH", body, headers: { "if-match": '"1"' } });
    expect([right.status, right.headers.get("etag")]).toEqual([200, '"2"']);
  });

  test("two changes of different flags at once are both kept", async () => {
    const { ask } = gatewayOverMock();
    const changes = [{ loopback: true }, { store: false }, { receive: "selected" }, { send: "anyone" }];
    await Promise.all(changes.map((flags) => ask(path, { method: "PATCH", body: { flags } })));
    expect((await ask(path)).json).toMatchObject({
      flags: { send: "anyone", receive: "selected", store: false, loopback: true },
    });
  });

  test("refuses null: nothing in a group can be removed", async () => {
    const answer = await gatewayOverMock().ask(path, { method: "PATCH", body: { name: null } });
    expect(problemIn(answer).errors).toMatchObject(
      [{ pointer: "/name", detail: /not null\.$/ }].map(({ pointer, detail }) => ({
        pointer,
        detail: expect.stringMatching(detail),
      })),
    );
  });

  test("an unknown gid is 404", async () => {
    const answer = await gatewayOverMock().ask("/v1/groups/99", { method: "PATCH", body: { name: "x" } });
    expect(problemIn(answer)).toMatchObject({ status: 404, type: "/problems/group-not-known", sent: "no" });
  });

  test("a group that mesibo does not know any more is 404, with what mesibo said", async () => {
    const { ask, client } = gatewayOverMock();
    await ask(path);
    await client.groups.delete(102529);
    expect(problemIn(await ask(path, { method: "PATCH", body: { name: "x" } }))).toMatchObject({
      status: 404,
      type: "/problems/group-not-found",
      upstream: { op: "groupset", properties: ["gid"] },
    });
  });
});

describe("deleting a group", () => {
  test("answers 204 with nothing in it, as often as it is asked", async () => {
    const { ask, mock } = gatewayOverMock();
    for (let time = 0; time < 2; time += 1) {
      const answer = await ask(path, { method: "DELETE" });
      expect({ status: answer.status, text: answer.text }).toEqual({ status: 204, text: "" });
    }
    expect(mock.world().groups()).toMatchObject([{ gid: 102530 }]);
    expect((await ask(path)).status).toBe(404);
    expect((await ask("/v1/groups")).json).toEqual({ items: [team], next_cursor: null });
  });

  test("that mesibo does not have any more takes it out of the directory", async () => {
    const { ask, client } = gatewayOverMock();
    await ask(path);
    await client.groups.delete(102529);
    expect((await ask(path, { method: "DELETE" })).status).toBe(204);
    expect((await ask(path)).status).toBe(404);
  });

  test("of a group that is not known is 404, and mesibo is not asked", async () => {
    const { ask, sent } = gatewayOverFetch(answering({ result: true }));
    expect(problemIn(await ask("/v1/groups/99", { method: "DELETE" }))).toMatchObject({
      type: "/problems/group-not-known",
    });
    expect(sent()).toBe(0);
  });
});
