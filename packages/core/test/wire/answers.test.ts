import { describe, expect, it } from "vitest";
import { decodeFlags, type Member, type OpName } from "../../src/index.ts";
import { decodeAnswer, encodeAnswer, type DecodedAnswer } from "../../src/wire/index.ts";

// Answers as published, typed by hand from mesibo-api.md, sections 1.3, 1.4 and 5.1; secrets are made up.

const app =
  '"app":{"aid":"1","uid":"1","name":"mock","secret":"","url":"","server":"","u_users":"13","u_groups":"0","notify":"0","nrate":"0","ninterval":"0","flag":"33024","f_beta":"0","pushflags":"0","fcm_id":"","fcm_key":"","apn_info":"","token":"T","ts":"1594000000","uts":"1594000000"},"uts":"1594000000","disabled":0';

const authfail =
  '{"error":"AUTHFAIL","code":401,"cause":"The app token is invalid or has expired.","properties":["token"],"op":"useradd","result":false}';

const member = (address: string, on: boolean): Member => ({
  address,
  permissions: { send: on, receive: on, publish: on, subscribe: on, list: on },
});

interface Recorded<O extends OpName> {
  readonly source: string;
  readonly op: O;
  readonly text: string;
  readonly says: DecodedAnswer<O>;
}

const recorded = <O extends OpName>(fixture: Recorded<O>): Recorded<O> => fixture;

describe("published answers", () => {
  it.each([
    recorded({
      source: "1.3 ND: groupadd on api.php, Jul 2020",
      op: "groupadd",
      text: `{${app},"group":{"gid":96734},"op":"groupadd","result":true}`,
      says: { kind: "done", result: { group: { gid: 96734 } } },
    }),
    recorded({
      source: "1.3 ND: groupeditmembers on api.php has no group",
      op: "groupeditmembers",
      text: `{${app},"op":"groupeditmembers","result":true}`,
      says: { kind: "done", result: {} },
    }),
    recorded({
      source: "1.3 D1full: useradd, uid as text and no address",
      op: "useradd",
      text: '{"user":{"uid":"1234","token":"48hex"},"op":"useradd","result":true}',
      says: { kind: "done", result: { user: { uid: 1234, token: "48hex" } } },
    }),
    recorded({
      source: "1.3 DL: useradd, uid as a number and an address",
      op: "useradd",
      text: '{"user":{"uid":1234,"address":"alice","token":"48hex"},"op":"useradd","result":true}',
      says: { kind: "done", result: { user: { uid: 1234, address: "alice", token: "48hex" } } },
    }),
    recorded({
      source: "1.3 fxjordan: a null error is no failure",
      op: "useradd",
      text: '{"user":{"uid":"1234","token":"48hex"},"error":null,"op":"useradd","result":true}',
      says: { kind: "done", result: { user: { uid: 1234, token: "48hex" } } },
    }),
    recorded({
      source: "2.7 CON: usertoken",
      op: "usertoken",
      text: '{"user":{"uid":"12","appid":"com.app","token":"48hex"},"op":"usertoken","result":true}',
      says: { kind: "done", result: { user: { uid: 12, appid: "com.app", token: "48hex" } } },
    }),
    recorded({
      source: "1.4 ROWNFE: groupadd on /backend",
      op: "groupadd",
      text: '{"group":{"gid":124027},"op":"groupadd","result":true}',
      says: { kind: "done", result: { group: { gid: 124027 } } },
    }),
    recorded({
      source: "2.2 MAB, CONF: groupset repeats the gid",
      op: "groupset",
      text: '{"group":{"gid":124027},"op":"groupset","result":true,"id":7}',
      says: { kind: "done", result: { group: { gid: 124027 } } },
    }),
    recorded({
      source: "2.3: groupdel is the envelope alone",
      op: "groupdel",
      text: '{"op":"groupdel","result":true}',
      says: { kind: "done", result: {} },
    }),
    recorded({
      source: "1.4 PARK: groupgetmembers on /backend",
      op: "groupgetmembers",
      text: '{"count":2,"gid":124027,"members":[{"uid":5,"address":"a","permissions":{"send":true,"recv":true,"pub":true,"sub":true,"list":true}},{"uid":6,"address":"b","permissions":{"send":false,"recv":false,"pub":false,"sub":false,"list":false}}],"op":"groupgetmembers","result":true}',
      says: {
        kind: "done",
        result: {
          count: 2,
          gid: 124027,
          members: [
            { uid: 5, ...member("a", true) },
            { uid: 6, ...member("b", false) },
          ],
        },
      },
    }),
    recorded({
      source: "2.5 CON: groupgetmembers on api.php, cansend and canrecv alone",
      op: "groupgetmembers",
      text: `{${app},"members":[{"address":"a","cansend":"1","canrecv":"0"}],"op":"groupgetmembers","result":true}`,
      says: {
        kind: "done",
        result: {
          members: [
            {
              address: "a",
              permissions: { send: true, receive: false, publish: false, subscribe: false, list: false },
            },
          ],
        },
      },
    }),
    recorded({
      source: "2.5 CON: groupgetmembers of an empty group",
      op: "groupgetmembers",
      text: '{"members":[],"op":"groupgetmembers","result":true}',
      says: { kind: "done", result: { members: [] } },
    }),
    recorded({
      source: "1.4 ROWN: usersget on /backend",
      op: "usersget",
      text: '{"userscount":120,"count":1,"users":[{"uid":5,"address":"a","ipaddr":"127.0.0.1","lastonline":1680000000,"active":1,"pinned":0,"online":1,"flag":0,"flags":0,"token":"48hex","appid":"com.app"}],"op":"usersget","result":true}',
      says: {
        kind: "done",
        result: {
          userscount: 120,
          count: 1,
          users: [
            { uid: 5, address: "a", active: true, pinned: false, online: true, flag: 0, appid: "com.app" },
          ],
        },
      },
    }),
    recorded({
      source: "2.6 CON: groupsget on api.php",
      op: "groupsget",
      text: `{${app},"groups":[{"gid":5,"name":"G","flag":"17","pinned":"1","expinsec":"60","expiryext":"0","active":"1"}],"count":1,"groupscount":"9","op":"groupsget","result":true}`,
      says: {
        kind: "done",
        result: {
          groups: [
            {
              gid: 5,
              name: "G",
              flags: decodeFlags(17),
              pinned: true,
              expiry: 60,
              expiryext: 0,
              active: true,
            },
          ],
          count: 1,
          groupscount: 9,
        },
      },
    }),
    recorded({
      source: "1.4 D2m: message, and an older copy of the page without mid",
      op: "message",
      text: '{"op":"message","mid":77,"result":true}',
      says: { kind: "done", result: { mid: 77 } },
    }),
    recorded({
      source: "1.4 D2m: message in an older copy of the page",
      op: "message",
      text: '{"op":"message","result":true}',
      says: { kind: "done", result: {} },
    }),
    recorded({
      source: "1.3 D0, D1, DL: the documented failure has three fields",
      op: "useradd",
      text: '{"op":"useradd","result":false,"error":"BADOP"}',
      says: { kind: "refused", refusal: { error: "BADOP" } },
    }),
    recorded({
      source: "1.3 TH PR #1162: a wrong token in 2023",
      op: "useradd",
      text: authfail,
      says: {
        kind: "refused",
        refusal: {
          error: "AUTHFAIL",
          code: 401,
          cause: "The app token is invalid or has expired.",
          properties: ["token"],
        },
      },
    }),
    recorded({
      source: "1.3 TH 043cb3d: a wrong token in 2022",
      op: "useradd",
      text: '{"error":"INVALIDTOKEN","op":"useradd","result":false}',
      says: { kind: "refused", refusal: { error: "INVALIDTOKEN" } },
    }),
    recorded({
      source: "5.1: a disabled app",
      op: "groupadd",
      text: '{"error":"TOKENBREACH","code":"401","op":"groupadd","result":false}',
      says: { kind: "refused", refusal: { error: "TOKENBREACH", code: 401 } },
    }),
    recorded({
      source: "1.3 TH PR #4884: a 400 whose error is not published",
      op: "useradd",
      text: '{"code":400,"op":"useradd","result":false}',
      says: { kind: "refused", refusal: { error: "FAIL", code: 400 } },
    }),
    recorded({
      source: "a refusal with fields of unexpected types keeps the others",
      op: "useradd",
      text: '{"error":17,"code":{},"cause":"c","properties":"token","op":"useradd","result":false}',
      says: { kind: "refused", refusal: { error: "FAIL", cause: "c" } },
    }),
    recorded({
      source: "a private demo server's OK is no result of mesibo (5.2)",
      op: "groupdel",
      text: '{"result":"OK"}',
      says: { kind: "unreadable", reason: "no_result" },
    }),
    recorded({
      source: "JSON that is no answer",
      op: "groupdel",
      text: "null",
      says: { kind: "unreadable", reason: "no_result" },
    }),
    recorded({
      source: "1.1: api.php today answers 502 with a page",
      op: "groupdel",
      text: "<html><body>502 Bad Gateway</body></html>",
      says: { kind: "unreadable", reason: "not_json" },
    }),
    recorded({
      source: "an empty answer",
      op: "groupdel",
      text: "",
      says: { kind: "unreadable", reason: "not_json" },
    }),
    recorded({
      source: "a success without what it should carry",
      op: "groupadd",
      text: '{"op":"groupadd","result":true}',
      says: { kind: "unreadable", reason: "wrong_shape" },
    }),
    recorded({
      source: "members whose permissions are of no known shape are not taken for members without any",
      op: "groupgetmembers",
      text: '{"members":[{"uid":5,"address":"a","permissions":"all"}],"op":"groupgetmembers","result":true}',
      says: { kind: "unreadable", reason: "wrong_shape" },
    }),
    recorded({
      source: "a member that is no object is not passed over",
      op: "groupgetmembers",
      text: '{"members":[null],"op":"groupgetmembers","result":true}',
      says: { kind: "unreadable", reason: "wrong_shape" },
    }),
  ])("$source", ({ op, text, says }) => {
    expect(decodeAnswer(op, text)).toEqual(says);
  });
});

describe("answers that are written", () => {
  const facts = { token: "T", users: 13, groups: 0, now: 1_594_000_000 };
  const users = {
    users: [{ uid: 5, address: "a", active: true, pinned: false, online: true, flag: 0, appid: "x" }],
    count: 1,
    userscount: 1,
  };
  const groups = {
    groups: [
      { gid: 5, name: "G", flags: decodeFlags(17), pinned: true, expiry: 60, expiryext: 0, active: false },
    ],
    count: 1,
    groupscount: 1,
  };

  it("in v1 have the recorded keys in the recorded order", () => {
    const answer = encodeAnswer({
      generation: "v1",
      op: "groupadd",
      result: { group: { gid: 96734 } },
      app: facts,
    });
    expect(JSON.stringify(answer)).toBe(`{${app},"group":{"gid":96734},"op":"groupadd","result":true}`);
  });

  it("in v2 have the payload, the caller's id, op and result", () => {
    const answer = encodeAnswer({
      generation: "v2",
      op: "groupadd",
      result: { group: { gid: 124027 } },
      id: 7,
      app: facts,
    });
    expect(JSON.stringify(answer)).toBe('{"group":{"gid":124027},"id":7,"op":"groupadd","result":true}');
  });

  it("write users with text in v1 and with numbers in v2", () => {
    const [v1, v2] = (["v1", "v2"] as const).map((generation) =>
      encodeAnswer({ generation, op: "usersget", result: users, app: facts }),
    );
    expect(v1?.["users"]).toEqual([
      { uid: "5", address: "a", active: "1", pinned: "0", online: "1", flag: "0", appid: "x" },
    ]);
    expect(v2?.["users"]).toEqual([
      { uid: 5, address: "a", active: 1, pinned: 0, online: 1, flag: 0, appid: "x" },
    ]);
  });

  it("write groups with text in v1, but the gid as a number, and with numbers in v2", () => {
    const [v1, v2] = (["v1", "v2"] as const).map((generation) =>
      encodeAnswer({ generation, op: "groupsget", result: groups, app: facts }),
    );
    expect(v1?.["groups"]).toEqual([
      { gid: 5, name: "G", flag: "17", pinned: "1", expinsec: "60", expiryext: "0", active: "0" },
    ]);
    expect(v2?.["groups"]).toEqual([
      { gid: 5, name: "G", flag: 17, pinned: 1, expinsec: 60, expiryext: 0, active: 0 },
    ]);
  });

  it("write a member's permissions as columns of text in v1 and as booleans in v2", () => {
    const result = { count: 1, gid: 9, members: [{ uid: 5, ...member("a", true) }] };
    const [v1, v2] = (["v1", "v2"] as const).map((generation) =>
      encodeAnswer({ generation, op: "groupgetmembers", result, app: facts }),
    );
    expect(v1?.["members"]).toEqual([
      { address: "a", cansend: "1", canrecv: "1", canpub: "1", cansub: "1", canlist: "1" },
    ]);
    expect(v2).toEqual({
      count: 1,
      gid: 9,
      members: [
        {
          uid: 5,
          address: "a",
          permissions: { send: true, recv: true, pub: true, sub: true, list: true },
        },
      ],
      op: "groupgetmembers",
      result: true,
    });
  });

  it("give a user's uid as text and no address in v1", () => {
    const result = { user: { uid: 5, address: "a", token: "t" } };
    const [v1, v2] = (["v1", "v2"] as const).map((generation) =>
      encodeAnswer({ generation, op: "useradd", result, app: facts }),
    );
    expect(v1?.["user"]).toEqual({ uid: "5", token: "t" });
    expect(v2?.["user"]).toEqual({ uid: 5, address: "a", token: "t" });
  });
});
