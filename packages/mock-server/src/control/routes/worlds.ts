import * as z from "zod/mini";
import { forkWorld } from "../../engine/fork.ts";
import { reliedOn } from "../../fidelity.ts";
import { seedFromJson, seedSchema, type SeedJson } from "../../seed-schema.ts";
import { applySeed, demoSeed, SeedError, type Seed } from "../../seed.ts";
import { worldState as stateOf } from "../../state.ts";
import type { WorldEntry } from "../../worlds.ts";
import { ControlProblem } from "../problem.ts";
import { defineRoute, existing, noBody, noQuery, unknownToken, worldOf, type Route } from "../route.ts";
import { summaryOf } from "../summary.ts";
import { behaviour, count, worldState, worldSummary } from "../schemas.ts";

const seedBody = z.union([z.literal("demo"), z.literal("none"), seedSchema]);

function readSeed(seed: "demo" | "none" | SeedJson): Seed | undefined {
  if (seed === "none") return undefined;
  return seed === "demo" ? demoSeed : seedFromJson(seed);
}

/** Does something with a seed; one that contradicts itself is the caller's mistake. */
function seeding<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof SeedError) throw new ControlProblem("seed-refused", `${error.message}.`);
    throw error;
  }
}

function given(entry: WorldEntry | undefined): WorldEntry {
  if (entry === undefined) throw unknownToken();
  return entry;
}

const path = "/worlds/{token}";

/** Worlds: list, make, read, reset, seed and remove them. */
export const worldRoutes: readonly Route[] = [
  defineRoute({
    method: "get",
    path: "/worlds",
    id: "listWorlds",
    summary: "Every world that somebody has asked for, with a masked token.",
    query: noQuery,
    body: noBody,
    answers: { 200: { description: "The worlds.", schema: z.object({ worlds: z.array(worldSummary) }) } },
    handle: ({ context }) => ({ status: 200, json: { worlds: context.worlds.list().map(summaryOf) } }),
  }),
  defineRoute({
    method: "get",
    path,
    id: "getWorld",
    summary: "A world in a few numbers: which of the listed ones a token stands for.",
    query: noQuery,
    body: noBody,
    answers: { 200: { description: "The world.", schema: worldSummary } },
    problems: ["unknown-token"],
    handle: (request) => ({ status: 200, json: summaryOf(worldOf(request)) }),
  }),
  defineRoute({
    method: "put",
    path,
    id: "putWorld",
    summary:
      "Makes a world, in place of what is there: with a seed, as a fork of another, or as new worlds are.",
    query: noQuery,
    body: z.optional(
      z.strictObject({
        from: z.optional(z.string().check(z.minLength(1))),
        seed: z.optional(seedBody),
      }),
    ),
    answers: { 201: { description: "The world is made.", schema: worldSummary } },
    problems: ["unknown-token", "unknown-world", "seed-refused"],
    handle: ({ context: { worlds }, params, body = {} }) => {
      const { from, seed } = body;
      const token = params["token"] ?? "";
      if (from !== undefined && seed !== undefined)
        throw new ControlProblem("validation", "body: takes from or seed, not both.");
      if (from !== undefined) {
        return { status: 201, json: summaryOf(given(worlds.fork(existing(worlds, from), token))) };
      }
      const wanted = seed === undefined ? worlds.defaultSeed : readSeed(seed);
      return { status: 201, json: summaryOf(given(seeding(() => worlds.seed(token, wanted)))) };
    },
  }),
  defineRoute({
    method: "delete",
    path,
    id: "deleteWorld",
    summary: "Forgets a world. The next request with its token makes a new one.",
    query: noQuery,
    body: noBody,
    answers: { 204: { description: "There is no such world any more." } },
    handle: ({ context, params }) => {
      context.worlds.remove(params["token"] ?? "");
      return { status: 204 };
    },
  }),
  defineRoute({
    method: "get",
    path: `${path}/state`,
    id: "getState",
    summary: "Every user and group with its members.",
    query: noQuery,
    body: noBody,
    answers: { 200: { description: "The state.", schema: worldState } },
    problems: ["unknown-token"],
    handle: (request) => ({ status: 200, json: stateOf(worldOf(request)) }),
  }),
  defineRoute({
    method: "post",
    path: `${path}/reset`,
    id: "resetWorld",
    summary: "Back to the seed and to the machine's time, without faults and with an empty journal.",
    query: noQuery,
    body: noBody,
    answers: { 200: { description: "The world is as it was made.", schema: worldSummary } },
    problems: ["unknown-token"],
    handle: (request) => {
      request.context.worlds.reset(worldOf(request).token);
      return { status: 200, json: summaryOf(worldOf(request)) };
    },
  }),
  defineRoute({
    method: "post",
    path: `${path}/seed`,
    id: "seedWorld",
    summary: "Adds a seed's users and groups to what is there, all or nothing.",
    query: noQuery,
    body: seedBody,
    answers: { 200: { description: "The world holds the seed too.", schema: worldSummary } },
    problems: ["unknown-token", "seed-refused"],
    handle: (request) => {
      const entry = worldOf(request);
      const seed = readSeed(request.body);
      if (seed !== undefined) {
        const world = forkWorld(entry.world);
        seeding(() => applySeed(world, seed, entry.clock.now()));
        request.context.worlds.restore(entry, { world, clock: entry.clock.state() });
      }
      return { status: 200, json: summaryOf(entry) };
    },
  }),
  defineRoute({
    method: "get",
    path: `${path}/fidelity`,
    id: "getReliance",
    summary: "The behaviours without a source that the answers of this world have rested on.",
    query: noQuery,
    body: noBody,
    answers: {
      200: {
        description: "The behaviours, with how often.",
        schema: z.object({ relied: z.array(z.extend(behaviour, { times: count })) }),
      },
    },
    problems: ["unknown-token"],
    handle: (request) => {
      const rows = reliedOn(worldOf(request).relied).map(({ behaviour: row, times }) => ({ ...row, times }));
      return { status: 200, json: { relied: rows } };
    },
  }),
];
