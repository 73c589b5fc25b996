/**
 * A second, independent reading of the facts: what mesibo does with each op, over arrays and numbers.
 *
 * Written from the facts alone. It shares no code with the engine or with core, is slow on purpose, and knows
 * flags as masks only. What it keeps beyond what a caller sees is whose turn it was.
 */

/** The permission bits of a member (HDR). */
const PERMISSIONS = { send: 1, receive: 2, publish: 4, subscribe: 8, list: 16 };
const YEAR = 365 * 24 * 60 * 60;
const DELETE_MARK = 0x80000000;

interface ModelUser {
  uid: number;
  address: string;
  name: string;
  flag: number;
  active: boolean;
  pinned: boolean;
  appid: string;
  hasToken: boolean;
}

/** A member with when they joined, which decides the turn. */
type ModelMember = { address: string; bits: number; joined: number };

interface ModelGroup {
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

type ModelDelivery = { mid: number; from: string; to: string; gid: number; at: number; stored: boolean };

/** Everything behind one app token. */
export interface Model {
  users: ModelUser[];
  groups: ModelGroup[];
  deliveries: ModelDelivery[];
  last: { uid: number; gid: number; mid: number; joined: number };
}

/** A request of any op with flags as a number; a parameter that is absent was not given. */
export interface ModelRequest extends Partial<Omit<ModelUser & ModelGroup, "members">> {
  op: string;
  pattern?: string;
  count?: number;
  expiry?: number;
  members?: string[];
  permissions?: { [name in keyof typeof PERMISSIONS]?: boolean };
  remove?: boolean;
  from?: string;
  to?: string[];
  forced?: boolean;
}

/** What the model answers: the essence of the result, or the error string of the refusal. */
export type ModelAnswer = { done: object } | { refused: string };

const refused = (error: string): ModelAnswer => ({ refused: error });

/** `*` stands for any text, none too; everything else for itself. */
function matches(pattern: string, text: string): boolean {
  if (pattern === "") return text === "";
  if (pattern[0] !== "*") return pattern[0] === text[0] && matches(pattern.slice(1), text.slice(1));
  return matches(pattern.slice(1), text) || (text !== "" && matches(pattern, text.slice(1)));
}

/** Takes over from a request the settings that it gives. */
function take(into: object, request: ModelRequest, names: (keyof ModelRequest)[]): void {
  for (const name of names) if (request[name] !== undefined) Object.assign(into, { [name]: request[name] });
}

function join(model: Model, group: ModelGroup, { members = [], permissions = {} }: ModelRequest): void {
  for (const address of members) {
    let member = group.members.find((one) => one.address === address);
    if (member === undefined) {
      member = { address, bits: 0, joined: (model.last.joined += 1) };
      group.members.push(member);
    }
    for (const [name, bit] of Object.entries(PERMISSIONS)) {
      const wanted = Object.entries(permissions).find(([given]) => given === name)?.[1];
      if (wanted !== undefined) member.bits = wanted ? member.bits | bit : member.bits & ~bit;
    }
  }
}

/** Who gets a group's message, or why its sender may not send. Moves the turn. */
function audience(group: ModelGroup, from: string): string[] | string {
  const sender = group.members.find(({ address }) => address === from);
  if (!group.active) return "GROUPPAUSED";
  if ((group.flag & 2) === 0 && sender === undefined) return "NOTMEMBER";
  if ((group.flag & 3) === 1 && ((sender?.bits ?? 0) & 1) === 0) return "PERMISSION";
  const pool = group.members
    .filter(({ bits }) => (group.flag & 0x10) === 0 || (bits & 2) !== 0)
    .filter((member) => (group.flag & 0x80) !== 0 || member !== sender);
  if ((group.flag & 0x20) === 0) return pool.map(({ address }) => address);
  const inTurn = pool.toSorted((one, other) => one.joined - other.joined);
  const next = inTurn.find(({ joined }) => joined > group.turn) ?? inTurn[0];
  group.turn = next?.joined ?? group.turn;
  return next === undefined ? [] : [next.address];
}

function makeUser(model: Model, address: string): ModelUser {
  const uid = (model.last.uid += 1);
  const user = { uid, address, name: "", flag: 0, active: true, pinned: false, appid: "", hasToken: false };
  model.users.push(user);
  return user;
}

function message(model: Model, request: ModelRequest, now: number): ModelAnswer {
  const { from = "", gid = 0, flag = 0, to = [] } = request;
  const group = model.groups.find((one) => one.gid === gid);
  const isUser = (address: string) => model.users.some((user) => user.address === address);
  if (gid === 0 && to.length === 0) return refused("MISSINGPARA");
  const named = [from, ...to];
  if (request.forced !== true && !named.every(isUser)) return refused("BADUSER");
  if (gid !== 0 && group === undefined) return refused("BADGROUP");
  const got = group === undefined ? [] : audience(group, from);
  if (typeof got === "string") return refused(got);
  for (const address of named) if (!isUser(address)) makeUser(model, address);
  const mid = (model.last.mid += 1);
  const deliver = (address: string, by: number, stored: boolean) =>
    model.deliveries.push({ mid, from, to: address, gid: by, at: now, stored: stored && (flag & 4) === 0 });
  for (const address of to) if (address !== from) deliver(address, 0, true);
  for (const address of got) deliver(address, gid, ((group?.flag ?? 0) & 0x40) === 0);
  if (group !== undefined) group.expiresAt += group.expiryext;
  return { done: { mid } };
}

function userOp(model: Model, request: ModelRequest): ModelAnswer {
  const { op, address = "" } = request;
  let user = model.users.find((one) =>
    request.uid === undefined ? one.address === address : one.uid === request.uid,
  );
  if (op === "useradd") user ??= makeUser(model, address);
  if (user === undefined)
    return refused(request.uid === undefined && address === "" ? "MISSINGPARA" : "BADUSER");
  const { uid } = user;
  if (op === "userdel") {
    model.users = model.users.filter((one) => one !== user);
    for (const group of model.groups)
      group.members = group.members.filter((one) => one.address !== user.address);
  }
  if (op === "userset") take(user, request, ["name", "flag", "active", "pinned"]);
  if (op === "useradd") take(user, request, ["name", "active", "appid"]);
  if (op === "useradd" && request.appid !== undefined) user.hasToken = true;
  if (op === "usertoken")
    take(user, { ...request, hasToken: request.remove !== true }, ["appid", "hasToken"]);
  return { done: op === "userset" || op === "userdel" ? {} : { uid, token: user.hasToken } };
}

function groupOp(model: Model, request: ModelRequest, now: number): ModelAnswer {
  const { op, members = [], expiry } = request;
  let group = model.groups.find(({ gid }) => gid === request.gid);
  if (op === "groupeditmembers" && members.length === 0) return refused("MISSINGPARA");
  if (op !== "groupadd" && group === undefined) return refused("BADGROUP");
  const unknown = members.some((address) => !model.users.some((user) => user.address === address));
  if (unknown && request.remove !== true) return refused("BADUSER");
  if (op === "groupadd" || group === undefined) {
    const settings = { name: "", flag: 0, expiresAt: now + YEAR, expiryext: 0, active: true, pinned: false };
    group = { gid: (model.last.gid += 1), ...settings, members: [], turn: 0 };
    model.groups.push(group);
  }
  const { gid } = group;
  const rows = group.members.slice(0, request.count === 0 ? 20 : (request.count ?? 20));
  if (op === "groupgetmembers") return { done: { gid, rows: rows.map(({ address }) => address) } };
  if (op === "groupdel") model.groups = model.groups.filter((one) => one !== group);
  if (op === "groupadd" || op === "groupset") {
    take(group, request, ["name", "flag", "expiryext", "active", "pinned"]);
    group.flag = (group.flag & ~DELETE_MARK) >>> 0;
    if (expiry !== undefined && expiry >= 0) group.expiresAt = now + (expiry === 0 ? YEAR : expiry);
  }
  const leaves = (address: string) =>
    request.remove === true ? members.includes(address) : members.length > 0 && !members.includes(address);
  if (op === "groupset" || request.remove === true)
    group.members = group.members.filter(({ address }) => !leaves(address));
  if (op !== "groupdel" && request.remove !== true) join(model, group, request);
  return { done: op === "groupadd" || op === "groupset" ? { gid } : {} };
}

/** Does one op at a time in unix seconds. A refusal changes nothing but that expired groups are gone. */
export function step(model: Model, request: ModelRequest, now: number): ModelAnswer {
  model.groups = model.groups.filter(({ expiresAt }) => expiresAt > now);
  const { op, count, pattern = "*" } = request;
  if (op === "message") return message(model, request, now);
  if (op !== "usersget" && op !== "groupsget")
    return op.startsWith("user") ? userOp(model, request) : groupOp(model, request, now);
  const users = model.users.map(({ uid, address }) => ({ id: uid, text: address }));
  const all = op === "usersget" ? users : model.groups.map(({ gid, name }) => ({ id: gid, text: name }));
  const rows = all.filter(({ text }) => matches(pattern, text)).slice(0, count === 0 ? 20 : (count ?? 20));
  return { done: { rows: rows.map(({ id }) => id), all: all.length } };
}
