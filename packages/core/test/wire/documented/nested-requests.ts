import { everything, flags, get, json, missing, request, type Fixture } from "./fixture.ts";

const gid = 96734;

/** Sections 2.8 to 2.10 and the v2 rows of section 7. */
export const nestedRequests: readonly Fixture[] = [
  {
    source: "2.9 SAM22, row 4: groupadd, token last",
    raw: json(
      '{"op":"groupadd","group":{"name":"G","flags":17,"duration":3600,"active":true,"members":{"m":"u1,u2"}},"token":"T"}',
    ),
    op: "groupadd",
    token: "T",
    says: request({
      name: "G",
      flags: flags({ send: "selected", receive: "selected" }),
      expiry: 3600,
      active: true,
      members: ["u1", "u2"],
    }),
  },
  {
    source:
      "2.9 ROWN, row 13: groupadd with the group's permissions as integers and the members' as booleans",
    raw: json(
      '{"op":"groupadd","group":{"name":"G","flags":0,"start":0,"expiry":31536000,"active":1,"permissions":{"send":0,"recv":0,"pub":0,"sub":0,"list":0},"members":{"m":"u1","permissions":{"send":true,"recv":true,"pub":true,"sub":true,"list":true},"admin":{"owner":true}},"call":{"video":true},"profile":{"name":"P","image":"i","status":"s","info":"x","other":"o"}},"token":"T"}',
    ),
    op: "groupadd",
    token: "T",
    says: request({
      name: "G",
      flags: flags(),
      expiry: 31536000,
      active: true,
      members: ["u1"],
      permissions: everything,
    }),
  },
  {
    source: "2.9 PARK, row 15: groupadd with an empty m",
    raw: json('{"op":"groupadd","token":"T","group":{"name":"Lot","flags":0,"members":{"m":""}}}'),
    op: "groupadd",
    token: "T",
    says: request({ name: "Lot", flags: flags() }),
  },
  {
    source: "2.9 SAM22, PARK: groupset",
    raw: json(`{"op":"groupset","token":"T","group":{"gid":${gid},"name":"New","flags":2,"image":"i"}}`),
    op: "groupset",
    token: "T",
    says: request({ gid, name: "New", flags: flags({ send: "anyone" }) }),
  },
  {
    source: "2.9 SAM22: group.m, where the helper copied the members too late",
    raw: json(`{"op":"groupset","group":{"gid":${gid},"m":"u1,u2"},"token":"T"}`),
    op: "groupset",
    token: "T",
    says: request({ gid, members: ["u1", "u2"] }),
  },
  {
    source: "2.9 SAM22: groupdel by number",
    raw: json(`{"op":"groupdel","group":{"gid":${gid}},"token":"T"}`),
    op: "groupdel",
    token: "T",
    says: request({ gid }),
  },
  {
    source: "2.9 ROWN, row 13: groupdel by text, by DELETE with op and token in the query",
    raw: json(`{"op":"groupdel","group":{"gid":"${gid}"}}`, "op=groupdel&token=T"),
    op: "groupdel",
    token: "T",
    says: request({ gid }),
  },
  {
    source: "1.2 ROWN, row 13: the body alone names the group, the query alone the op",
    raw: json(`{"group":{"gid":"${gid}"}}`, "op=groupdel&token=T"),
    op: "groupdel",
    token: "T",
    says: request({ gid }),
  },
  {
    source: "2.9 ROWN, row 13: groupeditmembers with permissions as booleans",
    raw: json(
      `{"op":"groupeditmembers","group":{"gid":${gid},"members":{"m":"u1","permissions":{"send":true,"recv":true,"pub":true,"sub":true,"list":true}}},"token":"T"}`,
    ),
    op: "groupeditmembers",
    token: "T",
    says: request({ gid, members: ["u1"], permissions: everything, remove: false }),
  },
  {
    source: "2.9 PARK: groupeditmembers with permissions as integers",
    raw: json(
      `{"op":"groupeditmembers","group":{"gid":${gid},"members":{"m":"u1","permissions":{"send":1,"recv":0,"pub":1,"sub":0,"list":1}}},"token":"T"}`,
    ),
    op: "groupeditmembers",
    token: "T",
    says: request({
      gid,
      members: ["u1"],
      permissions: { send: true, receive: false, publish: true, subscribe: false, list: true },
      remove: false,
    }),
  },
  {
    source: "2.9 ROWN, row 13: members.remove and admin.remuser",
    raw: json(
      `{"op":"groupeditmembers","group":{"gid":"${gid}","members":{"m":"u1","remove":1,"admin":{"remuser":true}}}}`,
      "op=groupeditmembers&token=T",
    ),
    op: "groupeditmembers",
    token: "T",
    says: request({ gid, members: ["u1"], permissions: {}, remove: true }),
  },
  {
    source: "2.9 SAM22, row 4: group.delete",
    raw: json(`{"op":"groupeditmembers","group":{"gid":${gid},"m":"u1,u2","delete":true},"token":"T"}`),
    op: "groupeditmembers",
    token: "T",
    says: request({ gid, members: ["u1", "u2"], permissions: {}, remove: true }),
  },
  {
    source: "2.9 SAM22, row 4: groupeditmembers with its members lost",
    raw: json(`{"op":"groupeditmembers","group":{"gid":${gid},"delete":false},"token":"T"}`),
    op: "groupeditmembers",
    token: "T",
    says: missing("m"),
  },
  {
    source: "row 15 PARK: removal with permissions null",
    raw: json(
      `{"op":"groupeditmembers","token":"T","group":{"gid":${gid},"members":{"m":"u1","permissions":null,"remove":true}}}`,
    ),
    op: "groupeditmembers",
    token: "T",
    says: request({ gid, members: ["u1"], permissions: {}, remove: true }),
  },
  {
    source: "row 15 PARK: a numeric address as the only member",
    raw: json(`{"op":"groupeditmembers","token":"T","group":{"gid":${gid},"members":{"m":15550100}}}`),
    op: "groupeditmembers",
    token: "T",
    says: request({ gid, members: ["15550100"], permissions: {}, remove: false }),
  },
  {
    source: "section 10, row 24: m as a JSON array",
    raw: json(`{"op":"groupeditmembers","token":"T","group":{"gid":${gid},"members":{"m":["u1",7,""]}}}`),
    op: "groupeditmembers",
    token: "T",
    says: request({ gid, members: ["u1", "7"], permissions: {}, remove: false }),
  },
  {
    source: "2.9 PARK, row 15: groupgetmembers with count at the top level",
    raw: json(`{"op":"groupgetmembers","token":"T","group":{"gid":${gid}},"count":100000}`),
    op: "groupgetmembers",
    token: "T",
    says: request({ gid, count: 100000 }),
  },
  {
    source: "2.8 D2u, row 18: useradd with a token object",
    raw: json(
      '{"op":"useradd","token":"T","user":{"address":"alice","token":{"appid":"com.app","expiry":525600,"v2":true}}}',
    ),
    op: "useradd",
    token: "T",
    says: request({ address: "alice", appid: "com.app", expiry: 525600 }),
  },
  {
    source: "2.8 SAM22, SAM26, row 5: useradd, pretty-printed, with permissions and platforms",
    raw: json(
      `{
        "op": "useradd",
        "user": {
          "address": "alice", "name": "Alice", "flags": 0, "active": true, "otp": false,
          "permissions": { "retention": 1, "groupCreate": 1 },
          "token": { "appid": "com.app", "expiry": 60, "session": 1, "v2": true, "android": true, "linkto": "" }
        },
        "token": "T"
      }`,
    ),
    op: "useradd",
    token: "T",
    says: request({ address: "alice", name: "Alice", active: true, appid: "com.app", expiry: 60 }),
  },
  {
    source: "2.8 PARK: useradd without a token object, with a numeric address",
    raw: json('{"op":"useradd","token":"T","user":{"address":15550100}}'),
    op: "useradd",
    token: "T",
    says: request({ address: "15550100" }),
  },
  {
    source: "1.2 row 13 family: GET with a JSON body",
    raw: json('{"op":"useradd","token":"T","user":{"address":"a","token":{"appid":"com.app"}}}'),
    op: "useradd",
    token: "T",
    says: request({ address: "a", appid: "com.app" }),
  },
  {
    source: "2.8 Strapi, row 27: userset by uid with a profile",
    raw: json(
      '{"op":"userset","token":"T","user":{"uid":12,"profile":{"name":"Alice","image":"i","update":1}}}',
    ),
    op: "userset",
    token: "T",
    says: request({ uid: 12, name: "Alice" }),
  },
  {
    source: "2.8 SAM22: userset by address that removes a token",
    raw: json(
      '{"op":"userset","user":{"address":"alice","token":{"remove":true},"active":false},"token":"T"}',
    ),
    op: "userset",
    token: "T",
    says: request({ address: "alice", active: false }),
  },
  {
    source: "2.8 SAM22: userdel by address",
    raw: json('{"op":"userdel","user":{"address":"alice"},"token":"T"}'),
    op: "userdel",
    token: "T",
    says: request({ address: "alice" }),
  },
  {
    source: "2.8 ROWN: userdel by uid, as text",
    raw: json('{"op":"userdel","user":{"uid":"12"},"token":"T"}'),
    op: "userdel",
    token: "T",
    says: request({ uid: 12 }),
  },
  {
    source: "1.2 ROWN, row 13: usersget as a flat GET on the v2 URL",
    raw: get("op=usersget&token=T&count=100"),
    op: "usersget",
    token: "T",
    says: request({ count: 100 }),
  },
  {
    source: "2.10 D2m: message at the top level",
    raw: json(
      '{"op":"message","token":"T","from":"a","to":"b,c","gid":0,"type":0,"expiry":31536000,"when":0,"flags":0,"forced":false,"message":"hi","url":"u","title":"t"}',
    ),
    op: "message",
    token: "T",
    says: request({
      from: "a",
      to: ["b", "c"],
      text: "hi",
      type: 0,
      expiry: 31536000,
      flag: 0,
      forced: false,
    }),
  },
  {
    source: "row 19 iDempiere: message nested in message, null flags dropped",
    raw: json(
      '{"op":"message","token":"T","message":{"from":"27832604474","to":"27844627361","gid":0,"type":0,"expiry":3600,"flags":null,"forced":true,"message":"hi","url":"u","title":"t"}}',
    ),
    op: "message",
    token: "T",
    says: request({
      from: "27832604474",
      to: ["27844627361"],
      text: "hi",
      type: 0,
      expiry: 3600,
      forced: true,
    }),
  },
  {
    source: "rows 29 and 30: the probe of secret scanners, op and token alone",
    raw: json('{"op":"useradd","token":"T"}'),
    op: "useradd",
    token: "T",
    says: missing("addr"),
  },
];
