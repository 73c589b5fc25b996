import { createClient, type Client, type Dialect, type OpName, type Requests } from "@mesibo-groups/core";
import { apply } from "../../src/engine/apply.ts";
import type { EngineOutcome } from "../../src/engine/outcome.ts";
import { createWorld, type World } from "../../src/engine/world.ts";
import type { Mock } from "../../src/index.ts";

/** A moment that tests agree on, in Unix seconds. */
export const NOW = 1_800_000_000;

/** A world with users of these addresses. */
export function worldOf(...addresses: readonly string[]): World {
  const world = createWorld();
  for (const address of addresses) apply(world, { op: "useradd", request: { address } }, NOW);
  return world;
}

/** The result of a request that must be done. */
function must<T>(outcome: EngineOutcome<T>): T {
  if (outcome.ok) return outcome.result;
  throw new Error(`refused with ${outcome.refusal.error} ${String(outcome.refusal.properties)}`);
}

/** Applies a request that must be done. */
export function run<O extends OpName>(world: World, op: O, request: Requests[O], now = NOW) {
  return must(apply(world, { op, request }, now));
}

/** The error string of a request that must be refused. */
export function refusalOf<O extends OpName>(world: World, op: O, request: Requests[O], now = NOW) {
  const outcome = apply(world, { op, request }, now);
  if (outcome.ok) throw new Error(`${op} was done`);
  return { error: outcome.refusal.error, code: outcome.refusal.code, properties: outcome.refusal.properties };
}

/** Everything in a world as plain data, to compare. */
export function plainWorld(world: World): unknown {
  return structuredClone(world);
}

/** A client of a mock in this process. */
export function clientOf(mock: Mock, dialect: Dialect = "json", token = mock.token): Client {
  return createClient({ token, url: mock.url, fetch: mock.fetch, dialect });
}
