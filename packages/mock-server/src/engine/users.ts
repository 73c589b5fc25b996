import {
  addressFault,
  MAX_ADDRESS_BYTES,
  type Address,
  type Uid,
  type UserAdd,
  type UserDel,
  type UserRef,
  type UserResult,
  type UserSet,
  type UsersGet,
  type UsersResult,
  type UserToken,
} from "@mesibo-groups/core";
import { rely, type Behaviour } from "./behaviour.ts";
import { done, refused, type EngineOutcome, type Refused } from "./outcome.ts";
import { limitOf, createMatcher, relyOnPattern } from "./pattern.ts";
import { ownGroup } from "./fork.ts";
import { dropMember, memberAt } from "./roster.ts";
import { userAt, type UserState, type World } from "./world.ts";

/** How users are made, changed and listed, with what it rests on. */
export const userBehaviours = {
  same_user_again: {
    id: "same_user_again",
    sentence: "useradd for a known address keeps the uid and gives a new token.",
    source: "D1full for the token; that the uid stays is INFERRED",
    confidence: "assumed",
  },
  longest_address: {
    id: "longest_address",
    sentence: `useradd refuses an address over ${MAX_ADDRESS_BYTES} bytes.`,
    source: "HDR has the limit for the SDK; that the backend minds it is INFERRED",
    confidence: "assumed",
  },
  token_needs_appid: {
    id: "token_needs_appid",
    sentence: "useradd without an appid makes no user token on /backend, and is refused on /api.php.",
    source: "D2u; D1full",
    confidence: "documented",
  },
  token_text: {
    id: "token_text",
    sentence: "A user token is 48 hexadecimal digits, the same in every run.",
    source: "DL for the digits; the real ones are random",
    confidence: "recorded",
  },
  deleted_user_leaves: {
    id: "deleted_user_leaves",
    sentence: "A deleted user leaves their groups; the groups stay.",
    source: "section 10, row 29",
    confidence: "assumed",
  },
  online_by_hand: {
    id: "online_by_hand",
    sentence: "Users are offline until a test says that they are online.",
    source: "the mock has no real-time connections",
    confidence: "assumed",
  },
} as const satisfies Record<string, Behaviour>;

function find(world: World, { uid, address }: UserRef): UserState | Refused {
  if (uid === undefined && address === undefined) return refused("missing", ["uid", "addr"], "uid or addr");
  const user = uid === undefined ? userAt(world, address ?? "") : world.users.get(uid);
  return user ?? refused("user", [uid === undefined ? "addr" : "uid"]);
}

const isRefused = (found: UserState | Refused): found is Refused => "ok" in found;

// mesibo: the examples are 48 hexadecimal digits (DL). Made from a counter, so that a run repeats exactly.
function makeToken(world: World, uid: Uid): string {
  let token = "";
  let state = (uid * 2_654_435_761 + world.nextToken * 40_503) >>> 0;
  world.nextToken += 1;
  while (token.length < 48) {
    state = (Math.imul(state ^ (state >>> 15), 739_982_445) + 2_891_336_453) >>> 0;
    token += state.toString(16).padStart(8, "0");
  }
  return token;
}

type Changes = { readonly [K in keyof UserState]?: UserState[K] | undefined };

/** Puts the user in the world with what is given changed. */
function change(world: World, user: UserState, changes: Changes): UserState {
  const changed: UserState = {
    ...user,
    name: changes.name ?? user.name,
    appid: changes.appid ?? user.appid,
    token: changes.token ?? user.token,
    active: changes.active ?? user.active,
    pinned: changes.pinned ?? user.pinned,
    flag: changes.flag ?? user.flag,
    online: changes.online ?? user.online,
  };
  world.users.set(user.uid, changed);
  return changed;
}

/** Makes a user without a token, or gives back the one of that address. */
export function ensureUser(world: World, address: Address): UserState {
  const known = userAt(world, address);
  if (known !== undefined) return known;
  const user: UserState = {
    uid: world.nextUid,
    address,
    name: "",
    appid: "",
    token: "",
    active: true,
    pinned: false,
    online: false,
    flag: 0,
  };
  world.nextUid += 1;
  world.users.set(user.uid, user);
  world.uids.set(address, user.uid);
  return user;
}

function answer({ uid, address, appid, token }: UserState): UserResult {
  return { user: { uid, address, ...(token === "" ? {} : { appid, token }) } };
}

/** Makes a user, or changes a known one. */
export function useradd(world: World, request: UserAdd): EngineOutcome<UserResult> {
  if (addressFault(request.address) === "too_long") {
    rely(world, userBehaviours.longest_address);
    return refused("malformed", ["addr"], `addr must be at most ${MAX_ADDRESS_BYTES} bytes`);
  }
  if (world.uids.has(request.address)) rely(world, userBehaviours.same_user_again);
  const known = ensureUser(world, request.address);
  const user = change(world, known, { name: request.name, active: request.active });
  if (request.appid === undefined) return done(answer(user));
  const { appid } = request;
  return done(answer(change(world, user, { appid, token: makeToken(world, user.uid) })));
}

/** What is not given stays (D1full, CON). */
export function userset(world: World, request: UserSet): EngineOutcome<object> {
  const user = find(world, request);
  if (isRefused(user)) return user;
  const { name, flag, active, pinned } = request;
  change(world, user, { name, flag, active, pinned });
  return done({});
}

/** Removes a user and their memberships. */
export function userdel(world: World, request: UserDel): EngineOutcome<object> {
  const user = find(world, request);
  if (isRefused(user)) return user;
  for (const group of world.groups.values()) {
    if (memberAt(group.roster, user.address) === undefined) continue;
    rely(world, userBehaviours.deleted_user_leaves);
    dropMember(ownGroup(world, group).roster, user.address);
  }
  world.users.delete(user.uid);
  world.uids.delete(user.address);
  return done({});
}

/** mesibo: makes a token for an appid, or removes it with delete=1 (CON, fxjordan). */
export function usertoken(world: World, request: UserToken): EngineOutcome<UserResult> {
  const user = find(world, request);
  if (isRefused(user)) return user;
  const token = request.remove === true ? "" : makeToken(world, user.uid);
  return done(answer(change(world, user, { appid: request.appid, token })));
}

/** Lists users whose address matches. */
export function usersget(world: World, { pattern, count }: UsersGet): EngineOutcome<UsersResult> {
  relyOnPattern(world, pattern);
  const limit = limitOf(world, count);
  const isWanted = createMatcher(pattern);
  const users = [];
  for (const user of world.users.values()) {
    if (users.length === limit) break;
    const { uid, address, active, pinned, online, flag, appid } = user;
    if (isWanted(address)) users.push({ uid, address, active, pinned, online, flag, appid });
  }
  return done({ users, count: users.length, userscount: world.users.size });
}
