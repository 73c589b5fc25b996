import type { Requests } from "@mesibo-groups/core";
import { collect, encodeRequest } from "@mesibo-groups/core/wire";
import { openData } from "../../src/data/open.ts";
import { createRandom, type Random } from "../../src/faults/random.ts";
import { mockParts } from "../../src/parts.ts";
import { rule } from "../../src/ruling.ts";
import { demoSeed } from "../../src/seed.ts";
import { writeSnapshot } from "../../src/snapshot/write.ts";
import type { WorldEntry, Worlds } from "../../src/worlds.ts";
import { NOW } from "../support/worlds.ts";
import { byRows } from "./folding.ts";

// A history of worlds that is the same for the same seed, step by step: two processes that play the same steps
// have the same worlds, so that one can tell how far the other came.

/** A history that is being played. */
export interface History {
  /** Plays a step. It depends on its number and on the worlds alone. */
  readonly play: (step: number) => void;
  /** Everything that is kept, as text. */
  readonly state: () => string;
  readonly worlds: Worlds;
}

const TOKENS = ["a", "b", "half \uD800", "half \uD801"];

interface Turn {
  readonly step: number;
  readonly random: Random;
  readonly worlds: Worlds;
  readonly entry: WorldEntry;
}

function request<O extends keyof Requests>({ worlds, entry }: Turn, op: O, body: Requests[O]): void {
  const encoded = encodeRequest({ op, request: body, dialect: "json", token: entry.token });
  const { applied } = rule(entry, { collected: collect({ query: "", ...encoded }), generation: "v2" });
  entry.world.relied = [];
  if (applied !== undefined) worlds.recorder.applied(entry.token, applied);
}

const pick = <T>(random: Random, list: readonly T[]): T | undefined =>
  list[Math.floor(random() * list.length)];

// No ended ones: a refusal would remove them, and what is only looked at is not kept.
function liveGid({ random, entry: { world, clock } }: Turn): number {
  const live = [...world.groups.values()].filter(({ expiresAt }) => expiresAt > clock.now());
  return pick(random, live)?.gid ?? 1;
}

function someone({ random, entry }: Turn): string {
  return pick(random, [...entry.world.uids.keys()]) ?? "nobody";
}

type Move = (turn: Turn) => void;

const move =
  <O extends keyof Requests>(op: O, body: (turn: Turn) => Requests[O]): Move =>
  (turn) => {
    request(turn, op, body(turn));
  };

const addGroup = move("groupadd", (turn) => ({
  name: `g${turn.step}`,
  expiry: turn.random() < 0.4 ? 30 : 100_000,
  members: [someone(turn), someone(turn)],
  permissions: { send: true, receive: turn.random() < 0.5 },
}));

const addUser = move("useradd", ({ step, random }) => ({
  address: `u${step}`,
  appid: random() < 0.5 ? "x" : undefined,
}));

const moves: readonly Move[] = [
  addGroup,
  addGroup,
  addUser,
  addUser,
  move("userset", (turn) => ({
    address: someone(turn),
    name: `\0 \uD800 "${turn.step}"`,
    active: turn.random() < 0.5,
  })),
  move("userdel", (turn) => ({ address: someone(turn) })),
  move("usertoken", (turn) => ({ address: someone(turn), appid: "y" })),
  move("groupset", (turn) => ({ gid: liveGid(turn), name: `g${turn.step} again`, expiryext: 5 })),
  move("groupset", (turn) => ({ gid: liveGid(turn), members: [someone(turn)] })),
  move("groupdel", (turn) => ({ gid: liveGid(turn) })),
  move("groupeditmembers", (turn) => ({
    gid: liveGid(turn),
    members: [someone(turn)],
    permissions: { publish: turn.random() < 0.5 },
    remove: turn.random() < 0.3,
  })),
  move("message", (turn) => ({ from: someone(turn), to: [], gid: liveGid(turn), text: `m${turn.step}` })),
  move("message", (turn) => ({ from: `f${turn.step}`, to: [someone(turn)], text: "hi", forced: true })),
  ({ worlds, entry, random }) => {
    worlds.changeClock(entry, (clock) => {
      const chance = random();
      if (chance < 0.2) clock.freeze();
      else if (chance < 0.4) clock.release();
      else clock.advance(Math.floor(random() * 120) - 60);
    });
  },
];

const rareMoves: readonly Move[] = [
  ({ worlds, entry, random }) => void worlds.fork(entry, pick(random, TOKENS) ?? "a"),
  ({ worlds, entry }) => void worlds.remove(entry.token),
  ({ worlds, entry }) => {
    worlds.reset(entry.token);
  },
];

const stateOf = (worlds: Worlds): string =>
  JSON.stringify(
    worlds
      .list()
      .map(({ token, world, clock }) => [token, writeSnapshot(world, clock.state())] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );

/** Opens a history: the one that a file keeps, or one in memory alone. */
export function openHistory(seed: number, file?: string, fsync = false): History {
  let now = NOW;
  // Folded so often that the moments of folding are met too.
  const folding = byRows(300, 700);
  const { worlds } = mockParts(
    { seed: demoSeed, now: () => now },
    file === undefined
      ? undefined
      : (present) => {
          const { worlds: kept, recorder } = openData(file, { fsync, present, folding });
          return { kept, recorder };
        },
  );
  return {
    worlds,
    state: () => stateOf(worlds),
    play: (step) => {
      now = NOW + step;
      const random = createRandom(Math.imul(seed, 0x9e37_79b1) ^ Math.imul(step + 1, 0x85eb_ca6b));
      const entry = worlds.find(pick(random, TOKENS) ?? "a");
      if (entry === undefined) throw new Error("any token is a world");
      const chosen = pick(random, random() < 0.01 ? rareMoves : moves);
      chosen?.({ step, random, worlds, entry });
    },
  };
}
