/**
 * A second, independent reading of the facts: what mesibo does with each op, over arrays and numbers.
 *
 * It shares no code with the engine or with core, is slow on purpose, and knows flags as masks only.
 */

/** The permission bits of a member (HDR): send, receive, publish, subscribe, list. */
export const PERMISSION_BITS = { send: 1, receive: 2, publish: 4, subscribe: 8, list: 16 };

export interface ModelUser {
  uid: number;
  address: string;
  flag: number;
  active: boolean;
  pinned: boolean;
  appid: string;
  hasToken: boolean;
}

export interface ModelMember {
  address: string;
  bits: number;
  /** When they joined: the turn goes by it. */
  joined: number;
}

export interface ModelGroup {
  gid: number;
  name: string;
  flag: number;
  expiresAt: number;
  expiryext: number;
  active: boolean;
  pinned: boolean;
  members: ModelMember[];
  /** `joined` of whoever had the last turn; 0 before the first. */
  turn: number;
}

/** Everything behind one app token. */
export interface Model {
  users: ModelUser[];
  groups: ModelGroup[];
  deliveries: { mid: number; from: string; to: string; gid: number }[];
  lastUid: number;
  lastGid: number;
  lastMid: number;
  joins: number;
}

/** A request with its flag as a number; a parameter that is absent was not given. */
export interface ModelRequest {
  op: string;
  [parameter: string]: unknown;
  address?: string;
  uid?: number;
  appid?: string;
  active?: boolean;
  pinned?: boolean;
  flag?: number;
  name?: string;
  pattern?: string;
  count?: number;
  gid?: number;
  expiry?: number;
  expiryext?: number;
  members?: string[];
  permissions?: Partial<Record<keyof typeof PERMISSION_BITS, boolean>>;
  remove?: boolean;
  from?: string;
  to?: string[];
  forced?: boolean;
}

/** What the model answers: a result, or the error string that mesibo or, where unknown, we chose. */
export type ModelAnswer = { done: object } | { refused: string };

const YEAR = 365 * 24 * 60 * 60;

export const createModel = (firstGid: number): Model => ({
  users: [],
  groups: [],
  deliveries: [],
  lastUid: 0,
  lastGid: firstGid - 1,
  lastMid: 0,
  joins: 0,
});

/** `*` stands for any text, also none; everything else is itself. */
function matches(pattern: string, text: string): boolean {
  if (pattern === "") return text === "";
  if (pattern[0] !== "*") return pattern[0] === text[0] && matches(pattern.slice(1), text.slice(1));
  for (let at = 0; at <= text.length; at += 1) if (matches(pattern.slice(1), text.slice(at))) return true;
  return false;
}

const given = <T>(value: T | undefined, otherwise: T): T => (value === undefined ? otherwise : value);

function join(model: Model, group: ModelGroup, request: ModelRequest): void {
  for (const address of request.members ?? []) {
    let member = group.members.find((one) => one.address === address);
    if (member === undefined) {
      member = { address, bits: 0, joined: (model.joins += 1) };
      group.members.push(member);
    }
    for (const [name, bit] of Object.entries(PERMISSION_BITS)) {
      const wanted = request.permissions?.[name as keyof typeof PERMISSION_BITS];
      if (wanted !== undefined) member.bits = wanted ? member.bits | bit : member.bits & ~bit;
    }
  }
}

/** Who gets a group's message, or why its sender may not send. */
function audience(group: ModelGroup, from: string): string[] | string {
  const sender = group.members.find(({ address }) => address === from);
  if (!group.active) return "GROUPPAUSED";
  if ((group.flag & 2) === 0) {
    if (sender === undefined) return "NOTMEMBER";
    if ((group.flag & 1) === 1 && (sender.bits & 1) === 0) return "PERMISSION";
  }
  let pool = group.members.filter(({ bits }) => (group.flag & 0x10) === 0 || (bits & 2) !== 0);
  if ((group.flag & 0x80) === 0) pool = pool.filter((member) => member !== sender);
  if ((group.flag & 0x20) === 0) return pool.map(({ address }) => address);
  pool.sort((one, other) => one.joined - other.joined);
  const next = pool.find(({ joined }) => joined > group.turn) ?? pool[0];
  if (next === undefined) return [];
  group.turn = next.joined;
  return [next.address];
}

function makeUser(model: Model, address: string): ModelUser {
  const uid = (model.lastUid += 1);
  const user = { uid, address, flag: 0, active: true, pinned: false, appid: "", hasToken: false };
  model.users.push(user);
  return user;
}

function change(group: ModelGroup, request: ModelRequest, now: number): void {
  group.name = given(request.name, group.name);
  group.flag = given(request.flag, group.flag);
  group.expiryext = given(request.expiryext, group.expiryext);
  group.active = given(request.active, group.active);
  group.pinned = given(request.pinned, group.pinned);
  if (request.expiry !== undefined) group.expiresAt = now + (request.expiry > 0 ? request.expiry : YEAR);
}

/** Does one op at a time in unix seconds. Changes `model` only where the answer is `done`. */
export function step(model: Model, request: ModelRequest, now: number): ModelAnswer {
  model.groups = model.groups.filter(({ expiresAt }) => expiresAt > now);
  const { op } = request;
  const known = (address: string | undefined) => model.users.find((user) => user.address === address);
  const user =
    request.uid === undefined ? known(request.address) : model.users.find(({ uid }) => uid === request.uid);
  const group = model.groups.find(({ gid }) => gid === request.gid);
  const members = request.members ?? [];
  const strangers = members.some((address) => known(address) === undefined);

  if (op === "useradd") {
    const one = user ?? makeUser(model, given(request.address, ""));
    one.active = given(request.active, one.active);
    if (request.appid === undefined) return { done: { uid: one.uid, address: one.address, token: false } };
    Object.assign(one, { appid: request.appid, hasToken: true });
    return { done: { uid: one.uid, address: one.address, token: true } };
  }
  if (op === "usersget" || op === "groupsget") {
    const all = op === "usersget" ? model.users : model.groups;
    const found = all.filter((one) =>
      matches(given(request.pattern, "*"), "address" in one ? one.address : one.name),
    );
    const rows = found.slice(0, given(request.count, 20)).map((one) => ("uid" in one ? one.uid : one.gid));
    return { done: { rows, count: rows.length, all: all.length } };
  }
  if (op === "userset" || op === "userdel" || op === "usertoken") {
    if (user === undefined) return { refused: "BADUSER" };
    if (op === "userset") {
      user.flag = given(request.flag, user.flag);
      user.active = given(request.active, user.active);
      user.pinned = given(request.pinned, user.pinned);
      return { done: {} };
    }
    if (op === "userdel") {
      model.users = model.users.filter((one) => one !== user);
      for (const one of model.groups)
        one.members = one.members.filter(({ address }) => address !== user.address);
      return { done: {} };
    }
    user.appid = given(request.appid, user.appid);
    user.hasToken = request.remove !== true;
    return { done: { uid: user.uid, token: user.hasToken } };
  }
  if (op === "groupadd") {
    if (strangers) return { refused: "BADUSER" };
    const gid = (model.lastGid += 1);
    const made: ModelGroup = {
      gid,
      name: "",
      flag: 0,
      expiresAt: now + YEAR,
      expiryext: 0,
      active: true,
      pinned: false,
      members: [],
      turn: 0,
    };
    change(made, request, now);
    join(model, made, request);
    model.groups.push(made);
    return { done: { gid } };
  }
  if (op !== "message") {
    if (group === undefined) return { refused: "BADGROUP" };
    if (op === "groupgetmembers")
      return {
        done: {
          gid: group.gid,
          rows: group.members.slice(0, given(request.count, 20)).map(({ address }) => address),
        },
      };
    if (op === "groupdel") model.groups = model.groups.filter((one) => one !== group);
    else if (op === "groupeditmembers" && request.remove === true)
      group.members = group.members.filter(({ address }) => !members.includes(address));
    else if (strangers) return { refused: "BADUSER" };
    else {
      if (op === "groupset" && members.length > 0)
        group.members = group.members.filter(({ address }) => members.includes(address));
      if (op === "groupset") change(group, request, now);
      join(model, group, request);
    }
    return { done: op === "groupset" ? { gid: group.gid } : {} };
  }
  return message(model, request, group);
}

function message(model: Model, request: ModelRequest, group: ModelGroup | undefined): ModelAnswer {
  const { from = "", gid = 0 } = request;
  const to = [...new Set(request.to ?? [])];
  const isUser = (one: string) => model.users.some(({ address }) => address === one);
  if (!isUser(from)) return { refused: "BADUSER" };
  if (gid !== 0 && group === undefined) return { refused: "BADGROUP" };
  if (request.forced !== true && !to.every(isUser)) return { refused: "BADUSER" };
  const got = group === undefined ? [] : audience(group, from);
  if (typeof got === "string") return { refused: got };
  for (const address of to) if (!isUser(address)) makeUser(model, address);
  const mid = (model.lastMid += 1);
  for (const address of to) if (address !== from) model.deliveries.push({ mid, from, to: address, gid: 0 });
  for (const address of got) model.deliveries.push({ mid, from, to: address, gid });
  if (group !== undefined) group.expiresAt += group.expiryext;
  return { done: { mid } };
}
