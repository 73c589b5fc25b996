import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startMock, type RunningMock } from "../../src/index.ts";
import { createAgent, sendRaw, type Raw } from "../support/raw.ts";

// What real callers send, typed by hand from the facts (section 7 and 1.2), and what must come of it here.

const agent = createAgent();
let mock: RunningMock;
beforeAll(async () => {
  const groups = [{ name: "Old", members: [{ address: "u1", permissions: { send: true } }] }];
  mock = await startMock({ seed: { users: ["u1", "u2", "u3", "+15550100"], groups } });
});
beforeEach(() => {
  mock.reset();
});
afterAll(async () => {
  agent.destroy();
  await mock.close();
});

const OLD = 102529;
const NEW = 102530;
const none = { send: false, receive: false, publish: false, subscribe: false, list: false };
const json = { "content-type": "application/json" };
const form = { "content-type": "application/x-www-form-urlencoded" };

const ask = async (raw: Raw) =>
  JSON.parse((await sendRaw(mock.url, raw, agent)).text) as Record<string, unknown>;
const members = (gid: number) =>
  mock
    .world("T")
    .groups()
    .find((group) => group.gid === gid)?.members;
const names = () =>
  mock
    .world("T")
    .groups()
    .map(({ name }) => name);

describe("groupadd is understood", () => {
  const cases: readonly (Raw & { readonly source: string; readonly members?: readonly string[] })[] = [
    {
      source: "1: messenger-app-backend, GET, gid 0 and sig=none last, empty and duplicate items in m",
      method: "GET",
      target: "/api.php?gid=0&op=groupadd&name=New&flag=0&m=u1,,u2,u1,&token=T&sig=none",
      members: ["u1", "u2"],
    },
    {
      source: "2: conferencing, GET, expiry 0, sflags -1, permissions",
      method: "GET",
      target:
        "/api.php?gid=&op=groupadd&name=New&flag=0&sflags=-1&expiry=0&m=u1&cs=1&cr=1&canpub=1&cansub=1&canlist=1&token=T&sig=none",
      members: ["u1"],
    },
    {
      source: "4: samples, flattened form on the v2 URL, GET",
      method: "GET",
      target: "/backend/?op=groupadd&name=New&flags=0&start=0&duration=3600&m=u1%2Cu2&token=T",
      members: ["u1", "u2"],
    },
    {
      source: "4: samples, v2 JSON POST",
      method: "POST",
      target: "/backend/",
      headers: json,
      body: '{"op":"groupadd","group":{"name":"New","flags":0,"duration":3600,"active":true,"members":{"m":"u1,u2"}},"token":"T"}',
      members: ["u1", "u2"],
    },
    {
      source: "6: console, token first",
      method: "GET",
      target: "/api.php?token=T&op=groupadd&name=New&flag=0x10",
    },
    {
      source: "7: playground, hexadecimal flag",
      method: "GET",
      target: "/api.php?op=groupadd&name=New&flag=0x80&expiry=525600&token=T",
    },
    {
      source: "13: R-Own, v2 JSON without trailing slash, owner and permissions as booleans",
      method: "POST",
      target: "/backend",
      headers: json,
      body: '{"op":"groupadd","group":{"name":"New","flags":0,"expiry":31536000,"active":1,"permissions":{"send":0,"recv":0,"pub":0,"sub":0,"list":0},"members":{"m":"u1","admin":{"owner":true},"permissions":{"send":true,"recv":true,"pub":true,"sub":true,"list":true}}},"token":"T"}',
      members: ["u1"],
    },
    {
      source: "15: parking app, empty m",
      method: "POST",
      target: "/backend",
      headers: json,
      body: '{"op":"groupadd","token":"T","group":{"name":"New","members":{"m":""}}}',
    },
    {
      source: "1.2: POST with an empty body and everything in the query",
      method: "POST",
      target: "/api.php?op=groupadd&name=New&token=T",
    },
    {
      source: "12: Django, POST form",
      method: "POST",
      target: "/api.php",
      headers: form,
      body: "op=groupadd&token=T&name=New",
    },
    {
      source: "1.2: GET with a JSON body (Laravel)",
      method: "GET",
      target: "/backend/",
      headers: json,
      body: '{"op":"groupadd","token":"T","group":{"name":"New"}}',
    },
    {
      source: "1.1: on-premise path",
      method: "POST",
      target: "/mesiboapi",
      headers: json,
      body: '{"op":"groupadd","token":"T","group":{"name":"New"}}',
    },
    {
      source: "26: JSON content type on a GET without a body",
      method: "GET",
      target: "/api.php?op=groupadd&token=T&name=New",
      headers: json,
    },
    {
      source: "section 10, row 24: m as an array",
      method: "POST",
      target: "/backend/",
      headers: json,
      body: '{"op":"groupadd","token":"T","group":{"name":"New","members":{"m":["u1","u2"]}}}',
      members: ["u1", "u2"],
    },
  ];

  for (const { source, members: wanted = [], ...raw } of cases) {
    test(source, async () => {
      const answer = await ask(raw);
      expect(answer).toMatchObject({ op: "groupadd", result: true, group: { gid: NEW } });
      expect(names()).toEqual(["Old", "New"]);
      expect(members(NEW)?.map(({ address }) => address)).toEqual(wanted);
    });
  }
});

describe("groupset leaves alone what it is told to leave alone", () => {
  test("6: the console sends an empty name and -1 to change the pin alone", async () => {
    const answer = await ask({
      method: "GET",
      target: `/api.php?token=T&op=groupset&gid=${OLD}&name=&flag=-1&expiry=-1&expiryext=-1&active=-1&pinned=1`,
    });
    expect(answer).toMatchObject({ op: "groupset", result: true, group: { gid: OLD } });
    expect(names()).toEqual(["Old"]);
    const { groups } = (await ask({ method: "GET", target: "/backend/?op=groupsget&token=T" })) as {
      groups: unknown[];
    };
    expect(groups).toEqual([
      {
        gid: OLD,
        name: "Old",
        flag: 0,
        pinned: 1,
        expinsec: expect.any(Number) as number,
        expiryext: 0,
        active: 1,
      },
    ]);
  });

  test("2: an m that is blank keeps the members", async () => {
    await ask({ method: "GET", target: `/api.php?gid=${OLD}&op=groupset&name=Renamed&m=&token=T&sig=none` });
    expect(names()).toEqual(["Renamed"]);
    expect(members(OLD)?.map(({ address }) => address)).toEqual(["u1"]);
  });

  test("1: an m that is not blank replaces the members, and op may come after gid", async () => {
    await ask({
      method: "GET",
      target: `/api.php?gid=${OLD}&op=groupset&name=Old&m=u2,u3,u2&token=T&sig=none`,
    });
    expect(members(OLD)).toEqual([
      { address: "u2", permissions: none },
      { address: "u3", permissions: none },
    ]);
  });

  test("9: a groupset without gid names the missing parameter", async () => {
    expect(await ask({ method: "GET", target: "/api.php?op=groupset&token=T&name=x" })).toMatchObject({
      error: "MISSINGPARA",
      code: 400,
      properties: ["gid"],
      result: false,
    });
  });
});

describe("members are edited", () => {
  const added: readonly (Raw & { readonly source: string; readonly permissions: object })[] = [
    {
      source: "6: console adds with cs=0 and cr=0",
      method: "GET",
      target: `/api.php?token=T&op=groupeditmembers&gid=${OLD}&m=u2&cs=0&cr=0&delete=0`,
      permissions: none,
    },
    {
      source: "1: messenger-app-backend names no permission",
      method: "GET",
      target: `/api.php?op=groupeditmembers&gid=${OLD}&m=u2&delete=0&token=T&sig=none`,
      permissions: none,
    },
    {
      source: "2: conferencing names all five",
      method: "GET",
      target: `/api.php?op=groupeditmembers&gid=${OLD}&m=u2&delete=0&cs=1&cr=1&canpub=0&cansub=1&canlist=1&token=T&sig=none`,
      permissions: { send: true, receive: true, publish: false, subscribe: true, list: true },
    },
    {
      source: "13: R-Own, gid as text, permissions as booleans",
      method: "POST",
      target: "/backend",
      headers: json,
      body: `{"op":"groupeditmembers","group":{"gid":"${OLD}","members":{"m":"u2","permissions":{"send":true,"recv":true,"pub":false,"sub":false,"list":false}}},"token":"T"}`,
      permissions: { ...none, send: true, receive: true },
    },
  ];
  for (const { source, permissions, ...raw } of added) {
    test(source, async () => {
      expect(await ask(raw)).toMatchObject({ op: "groupeditmembers", result: true });
      expect(members(OLD)).toEqual([
        { address: "u1", permissions: { ...none, send: true } },
        { address: "u2", permissions },
      ]);
    });
  }

  const removed: readonly (Raw & { readonly source: string })[] = [
    {
      source: "13: DELETE with a JSON body, op and token in the query",
      method: "DELETE",
      target: "/backend/?op=groupeditmembers&token=T",
      headers: json,
      body: `{"op":"groupeditmembers","group":{"gid":"${OLD}","members":{"m":"u1","remove":1,"admin":{"remuser":true}}}}`,
    },
    {
      source: "1.2: POST with the same query and body",
      method: "POST",
      target: "/backend/?op=groupeditmembers&token=T",
      headers: json,
      body: `{"group":{"gid":${OLD},"members":{"m":"u1","remove":1}}}`,
    },
    {
      source: "4: delete directly in group",
      method: "POST",
      target: "/backend/",
      headers: json,
      body: `{"op":"groupeditmembers","group":{"gid":${OLD},"delete":1,"members":{"m":"u1"}},"token":"T"}`,
    },
    {
      source: "15: removal with permissions null",
      method: "POST",
      target: "/backend",
      headers: json,
      body: `{"op":"groupeditmembers","token":"T","group":{"gid":${OLD},"members":{"m":"u1","permissions":null,"remove":1}}}`,
    },
    {
      source: "4.2: delete=1 together with cs and cr (Django, CON)",
      method: "POST",
      target: "/api.php",
      headers: form,
      body: `op=groupeditmembers&token=T&gid=${OLD}&m=u1&cs=1&cr=1&delete=1`,
    },
    {
      source: "PUT is a method like any other",
      method: "PUT",
      target: "/api.php",
      headers: form,
      body: `op=groupeditmembers&token=T&gid=${OLD}&m=u1&delete=1`,
    },
  ];
  for (const { source, ...raw } of removed) {
    test(source, async () => {
      expect(await ask(raw)).toMatchObject({ op: "groupeditmembers", result: true });
      expect(members(OLD)).toEqual([]);
    });
  }

  test("4: the official helper loses the members of groupeditmembers, and is told what is missing", async () => {
    const body = `{"op":"groupeditmembers","group":{"gid":${OLD}},"token":"T"}`;
    expect(await ask({ method: "POST", target: "/backend/", headers: json, body })).toMatchObject({
      error: "MISSINGPARA",
      properties: ["m"],
      result: false,
    });
  });

  test("4.2: a + that goes unencoded into a query is a space, so the bare number is not the address", async () => {
    const target = (m: string) => `/api.php?op=groupeditmembers&token=T&gid=${OLD}&m=${m}&delete=0`;
    expect(await ask({ method: "GET", target: target("+15550100") })).toMatchObject({ error: "BADUSER" });
    expect(await ask({ method: "GET", target: target("%2B15550100") })).toMatchObject({ result: true });
  });
});

describe("members are listed", () => {
  test("13: flat GET on the v2 URL answers v2's shape", async () => {
    expect(await ask({ method: "GET", target: `/backend/?op=groupgetmembers&gid=${OLD}&token=T` })).toEqual({
      members: [
        {
          uid: 1001,
          address: "u1",
          permissions: { send: true, recv: false, pub: false, sub: false, list: false },
        },
      ],
      count: 1,
      gid: OLD,
      op: "groupgetmembers",
      result: true,
    });
  });

  test("15: count at the top level", async () => {
    const body = `{"op":"groupgetmembers","token":"T","group":{"gid":${OLD}},"count":100000}`;
    expect(await ask({ method: "POST", target: "/backend", headers: json, body })).toMatchObject({
      count: 1,
    });
  });

  test("1: getmembers is an old name of groupgetmembers", async () => {
    expect(
      await ask({ method: "GET", target: `/api.php?op=getmembers&gid=${OLD}&token=T&sig=none` }),
    ).toMatchObject({
      op: "getmembers",
      members: [{ address: "u1", cansend: "1", canrecv: "0", canpub: "0", cansub: "0", canlist: "0" }],
      result: true,
    });
  });
});

describe("users are managed", () => {
  test("22: useradd on api.php answers uid and token as text and no address", async () => {
    const answer = await ask({
      method: "GET",
      target: "/api.php?op=useradd&addr=new%40x.com&appid=9&name=N&active=1&token=T",
    });
    expect(answer["user"]).toEqual({
      uid: "1005",
      appid: "9",
      token: expect.stringMatching(/^[0-9a-f]{48}$/) as string,
    });
  });

  test("18: useradd on the v2 URL answers a number and the address", async () => {
    const body =
      '{"op":"useradd","token":"T","user":{"address":"new@x.com","token":{"appid":"a","expiry":525600,"v2":true}}}';
    const answer = await ask({ method: "POST", target: "/backend/", headers: json, body });
    expect(answer["user"]).toMatchObject({ uid: 1005, address: "new@x.com" });
  });

  test("DL: flat parameters on the v2 URL get v2's typing too", async () => {
    const answer = await ask({ method: "GET", target: "/backend/?op=useradd&addr=new&appid=a&token=T" });
    expect(answer["user"]).toMatchObject({ uid: 1005, address: "new" });
  });

  test("27: userset by uid on the on-premise path; 13: userdel by uid", async () => {
    const set = '{"op":"userset","token":"T","user":{"uid":1001,"profile":{"name":"One"}}}';
    expect(await ask({ method: "POST", target: "/mesiboapi", headers: json, body: set })).toEqual({
      op: "userset",
      result: true,
    });
    const del = '{"op":"userdel","token":"T","user":{"uid":"1001"}}';
    expect(await ask({ method: "POST", target: "/backend", headers: json, body: del })).toEqual({
      op: "userdel",
      result: true,
    });
    expect(members(OLD)).toEqual([]);
  });

  test("9: usersget addr=* without count; 17: with count", async () => {
    expect(await ask({ method: "GET", target: "/api.php?op=usersget&token=T&addr=*" })).toMatchObject({
      count: 4,
      userscount: 4,
    });
    expect(
      await ask({ method: "GET", target: "/api.php?token=T&op=usersget&count=2&addr=u*" }),
    ).toMatchObject({ count: 2 });
  });
});

describe("messages are sent", () => {
  test("19: message in v2, top-level fields", async () => {
    const body =
      '{"op":"message","token":"T","from":"u1","to":"u2,u3,u1","gid":0,"type":0,"expiry":3600,"forced":false,"message":"hi"}';
    expect(await ask({ method: "POST", target: "/backend/", headers: json, body })).toEqual({
      mid: 1,
      op: "message",
      result: true,
    });
    expect(
      mock
        .world("T")
        .deliveries()
        .map(({ from, to, text }) => ({ from, to, text })),
    ).toEqual([
      { from: "u1", to: "u2", text: "hi" },
      { from: "u1", to: "u3", text: "hi" },
    ]);
  });

  test("2.7: message in v1", async () => {
    await ask({
      method: "GET",
      target: `/api.php?op=message&from=u1&gid=${OLD}&msg=hi&flag=0&token=T&sig=none`,
    });
    expect(mock.world("T").deliveries()).toEqual([]);
  });
});

describe("what no server of mesibo's would understand is refused", () => {
  test("15: a payload wrapped in body has no op", async () => {
    const body = '{"body":{"op":"groupadd","token":"T","group":{"name":"x"}}}';
    expect(await ask({ method: "POST", target: "/backend", headers: json, body })).toMatchObject({
      error: "AUTHFAIL",
      code: 401,
    });
    const withToken = { method: "POST", target: "/backend?token=T", headers: json, body };
    expect(await ask(withToken)).toMatchObject({ error: "BADOP", op: "", result: false });
  });

  test("24: user as JSON text in a form, and op adduser", async () => {
    const user = encodeURIComponent('{"address":"a"}');
    expect(
      await ask({
        method: "POST",
        target: "/backend",
        headers: form,
        body: `op=useradd&token=T&user=${user}`,
      }),
    ).toMatchObject({
      error: "MISSINGPARA",
      properties: ["addr"],
    });
    expect(await ask({ method: "GET", target: "/api.php?op=adduser&token=T&addr=a" })).toMatchObject({
      error: "BADOP",
      op: "adduser",
    });
  });

  test("29: the token detector's probe, useradd without a user, tells 400 from 401", async () => {
    const probe = (token: string) =>
      ask({
        method: "POST",
        target: "/backend/",
        headers: json,
        body: `{"op":"useradd","token":"${token}"}`,
      });
    expect(await probe("T")).toMatchObject({ code: 400, result: false });
    expect(await probe("")).toMatchObject({
      error: "AUTHFAIL",
      code: 401,
      properties: ["token"],
      result: false,
    });
  });
});
