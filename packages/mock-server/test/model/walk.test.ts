import { decodeFlags, encodeFlags, type OpName, type Results } from "@mesibo-groups/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { apply } from "../../src/engine/apply.ts";
import { forkWorld } from "../../src/engine/fork.ts";
import { membersOf } from "../../src/engine/roster.ts";
import { createWorld, type World } from "../../src/engine/world.ts";
import { NOW, run } from "../support/worlds.ts";
import { step, type Model } from "./reference.ts";
import { aimed, FIRST, walk, type Asked, type Step } from "./walks.ts";

// Set MOCK_WALKS to look for longer than a normal run does.
const WALKS = Number(process.env["MOCK_WALKS"] ?? 1_500);
const ALL = 100_000;

const permissionsOf = (bits: number) => ({
  send: (bits & 1) !== 0,
  receive: (bits & 2) !== 0,
  publish: (bits & 4) !== 0,
  subscribe: (bits & 8) !== 0,
  list: (bits & 16) !== 0,
});

/** What the model holds, as the engine would list it. */
const modelState = ({ users, groups, deliveries }: Model, now: number) => ({
  users: users.map((user) => ({ ...user })),
  groups: groups
    .filter(({ expiresAt }) => expiresAt > now)
    .map(({ gid, name, flag, expiresAt, expiryext, active, pinned, members }) => ({
      settings: { gid, name, flag, expiry: expiresAt - now, expiryext, active, pinned },
      members: members.map(({ address, bits }) => ({ address, permissions: permissionsOf(bits) })),
    })),
  deliveries: [...deliveries],
});

/** What the engine holds, without the groups whose time is over: nobody can see whether they are swept yet. */
const worldState = ({ users, groups, deliveries }: World, now: number): ReturnType<typeof modelState> => ({
  users: [...users.values()].map(({ uid, address, name, flag, active, pinned, appid, token }) => {
    return { uid, address, name, flag, active, pinned, appid, hasToken: token !== "" };
  }),
  groups: [...groups.values()]
    .filter(({ expiresAt }) => expiresAt > now)
    .map(({ gid, name, flags, expiresAt, expiryext, active, pinned, roster }) => ({
      settings: { gid, name, flag: encodeFlags(flags), expiry: expiresAt - now, expiryext, active, pinned },
      members: [...membersOf(roster)].map(({ address, permissions }) => ({ address, permissions })),
    })),
  deliveries: deliveries.map(({ mid, from, to, gid = 0, at, stored }) => ({
    mid,
    from,
    to,
    gid,
    at,
    stored,
  })),
});

/** The lists that callers get, in full. */
const worldLists = (world: World, now: number) => ({
  users: run(world, "usersget", { count: ALL }, now),
  groups: run(world, "groupsget", { count: ALL }, now).groups.map(({ flags, ...group }) => ({
    settings: { ...group, flag: encodeFlags(flags) },
    members: run(world, "groupgetmembers", { gid: group.gid, count: ALL }, now).members,
  })),
});

function modelLists(model: Model, now: number): ReturnType<typeof worldLists> {
  const { users, groups } = modelState(model, now);
  const count = users.length;
  const uidOf = (address: string) => users.find((user) => user.address === address)?.uid;
  return {
    users: {
      users: users.map(({ uid, address, flag, active, pinned, appid }) => {
        return { uid, address, flag, active, pinned, appid, online: false };
      }),
      count,
      userscount: count,
    },
    groups: groups.map(({ settings, members }) => ({
      settings,
      members: members.map((member) => ({ ...member, uid: uidOf(member.address) })),
    })),
  };
}

type Essences = { readonly [O in OpName]: (result: Results[O]) => object };

const ofUser = ({ user }: Results["useradd"]) => ({ uid: user.uid, token: user.token !== undefined });
const ofGroup = ({ group }: Results["groupadd"]) => ({ gid: group.gid });

/** A result as the model answers it. */
const essences: Essences = {
  useradd: ofUser,
  usertoken: ofUser,
  userset: (result) => result,
  userdel: (result) => result,
  usersget: ({ users, userscount }) => ({ rows: users.map(({ uid }) => uid), all: userscount }),
  groupadd: ofGroup,
  groupset: ofGroup,
  groupdel: (result) => result,
  groupeditmembers: (result) => result,
  groupgetmembers: ({ gid, members }) => ({ gid, rows: members.map(({ address }) => address) }),
  groupsget: ({ groups, groupscount }) => ({ rows: groups.map(({ gid }) => gid), all: groupscount }),
  message: (result) => result,
};

/** Has the engine do what the model is asked. */
function ask(world: World, { op, flag, ...rest }: Asked, now: number) {
  const inWords = flag !== undefined && op.startsWith("group");
  const request = { text: "hi", ...rest, ...(inWords ? { flags: decodeFlags(flag) } : { flag }) };
  // The walk pairs ops and parameters at random, so the types cannot know that they fit.
  const outcome = apply(world, { op, request }, now);
  return outcome.ok ? { done: essences[op](outcome.result as never) } : { refused: outcome.refusal.error };
}

function follow(steps: readonly Step[]): void {
  const last = { uid: FIRST.uid - 1, gid: FIRST.gid - 1, mid: 0, joined: 0 };
  const model: Model = { users: [], groups: [], deliveries: [], last };
  const left: { readonly world: World; readonly held: unknown }[] = [];
  let world = createWorld();
  let now = NOW;
  for (const { request: asked, later, fork } of steps) {
    if (fork !== "no") {
      const child = forkWorld(world);
      const [goesOn, stays] = fork === "child" ? [child, world] : [world, child];
      left.push({ world: stays, held: worldState(stays, 0) });
      world = goesOn;
    }
    now += later;
    const request = aimed(model, asked);
    expect(ask(world, request, now)).toEqual(step(model, request, now));
    expect(worldState(world, now)).toEqual(modelState(model, now));
  }
  expect(worldLists(world, now)).toEqual(modelLists(model, now));
  for (const { world: stays, held } of left) expect(worldState(stays, 0)).toEqual(held);
}

test("the engine does what an independent reading of the facts does, step by step, in forks too", () => {
  fc.assert(fc.property(walk, follow), { numRuns: WALKS });
}, 120_000);
