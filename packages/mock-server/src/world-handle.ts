import type { Address, Gid, Member } from "@mesibo-groups/core";
import type { Clock } from "./clock.ts";
import type { Behaviour } from "./engine/behaviour.ts";
import { liveGroups } from "./engine/expiry.ts";
import { membersOf } from "./engine/roster.ts";
import type { Delivery } from "./engine/world.ts";
import { reliedOn } from "./fidelity.ts";
import type { Faults } from "./faults/faults.ts";
import { faultPlanSchema, planFromJson } from "./faults/plan.ts";
import type { Expectation } from "./journal/expectation.ts";
import { expectedCount, verifyWorld, type GivenCount, type Verification } from "./journal/verify.ts";
import { createView, type EntryView } from "./journal/view.ts";
import { parse } from "./parse.ts";
import { diffWorlds, type WorldDiff } from "./snapshot/diff.ts";
import { readSnapshot } from "./snapshot/read.ts";
import type { Snapshot } from "./snapshot/schema.ts";
import { writeSnapshot } from "./snapshot/write.ts";
import type { WorldEntry, Worlds } from "./worlds.ts";

/** A group as a test sees it. */
export interface GroupSnapshot {
  readonly gid: Gid;
  readonly name: string;
  readonly members: readonly Member[];
}

/** One world: all state behind one app token. */
export interface WorldHandle {
  readonly token: string;
  /** Addresses of the users, in the order of their making. */
  readonly users: () => readonly Address[];
  readonly groups: () => readonly GroupSnapshot[];
  /** The world's time: set or advance it to see groups expire. */
  readonly clock: Omit<Clock, "state">;
  /**
   * Faults and latency: `set` injects them, `state` tells how often each rule has fired. `set` throws `TypeError` for
   * a plan that cannot be.
   */
  readonly faults: Omit<Faults, "active" | "decide">;
  /** Messages on their way to each address, oldest first, at most 10,000. */
  readonly deliveries: () => readonly Delivery[];
  /**
   * Says that a user is online or not; nobody is at first. Who comes online gets what waits for them. Throws
   * `TypeError` for who is no user.
   */
  readonly setOnline: (address: Address, online: boolean) => void;
  /** The latest requests with explanations, oldest first, at most 10,000. The app token is masked. */
  readonly requests: () => readonly EntryView[];
  /**
   * Counts the requests that are as expected. Where they are too few, `nearest` tells in what the nearest ones
   * differ. Default: at least one. Throws `TypeError` for an op or a parameter that mesibo does not have.
   */
  readonly verify: (expectation: Expectation, count?: GivenCount) => Verification;
  /** The behaviours without a source that the answers so far rest on. */
  readonly relied: () => readonly Behaviour[];
  /**
   * Puts a copy of this world behind another token, in place of what is there. Both go on by themselves.
   * Takes a fraction of a millisecond. Throws `TypeError` for a token that the mock does not know.
   */
  readonly fork: (token: string) => WorldHandle;
  /** The world as versioned JSON: users, groups, deliveries and its time; no journal, no faults. */
  readonly snapshot: () => Snapshot;
  /** Puts a snapshot in the place of what is there. Throws `TypeError`, and changes nothing, where it is none. */
  readonly restore: (snapshot: unknown) => void;
  /** What differs between this world and the one behind another token. Throws `TypeError` for an unknown token. */
  readonly diff: (token: string) => WorldDiff;
  /** Back to the seed. */
  readonly reset: () => void;
}

function groupsOf({ world, clock }: WorldEntry): readonly GroupSnapshot[] {
  return liveGroups(world, clock.now()).map(({ gid, name, roster }) => ({
    gid,
    name,
    members: [...membersOf(roster)].map(({ address, permissions }) => ({ address, permissions })),
  }));
}

const unknownToken = (): TypeError => new TypeError("world: this mock does not know the token.");

/** A handle on the world behind a token. Throws `TypeError` for a token that the mock does not know. */
export function createWorldHandle(worlds: Worlds, token: string): WorldHandle {
  const entry = (): WorldEntry => {
    const found = worlds.find(token);
    if (found === undefined) throw unknownToken();
    return found;
  };
  const change = (how: (clock: Clock) => void): void => {
    worlds.changeClock(entry(), how);
  };
  entry();
  return {
    token,
    users: () => [...entry().world.uids.keys()],
    groups: () => groupsOf(entry()),
    deliveries: () => [...entry().world.deliveries],
    setOnline: (address, online) => {
      if (typeof online !== "boolean") throw new TypeError("setOnline: online must be true or false.");
      if (!worlds.setOnline(entry(), { [address]: online }))
        throw new TypeError(`setOnline: ${JSON.stringify(address)} is no user of this world.`);
    },
    clock: {
      now: () => entry().clock.now(),
      ahead: () => entry().clock.ahead(),
      frozen: () => entry().clock.frozen(),
      set: (now) => change((clock) => clock.set(now)),
      advance: (seconds) => change((clock) => clock.advance(seconds)),
      freeze: () => change((clock) => clock.freeze()),
      release: () => change((clock) => clock.release()),
    },
    faults: {
      state: () => entry().faults.state(),
      set: (plan) => {
        const { seed, rules } = plan;
        const read = parse(faultPlanSchema, seed === undefined ? { rules } : { seed, rules }, "faults");
        if (!read.ok) throw new TypeError(read.reason);
        entry().faults.set(planFromJson(read.data));
      },
      clear: () => {
        entry().faults.clear();
      },
    },
    requests: () => {
      const { journal, world } = entry();
      return journal.entries().map(createView(token, world));
    },
    verify: (expectation, count) => verifyWorld(entry(), expectation, expectedCount(count)),
    relied: () => reliedOn(entry().relied).map(({ behaviour }) => behaviour),
    fork: (to) => {
      if (worlds.fork(entry(), to) === undefined) throw unknownToken();
      return createWorldHandle(worlds, to);
    },
    snapshot: () => {
      const { world, clock } = entry();
      return writeSnapshot(world, clock.state());
    },
    restore: (snapshot) => {
      const read = readSnapshot(snapshot);
      if (!read.ok) throw new TypeError(`restore: the snapshot cannot be restored: ${read.reason}.`);
      worlds.restore(entry(), read);
    },
    diff: (other) => {
      const found = worlds.find(other);
      if (found === undefined) throw unknownToken();
      return diffWorlds(
        { world: entry().world, now: entry().clock.now() },
        { world: found.world, now: found.clock.now() },
      );
    },
    reset: () => {
      worlds.reset(token);
    },
  };
}
