import { performance } from "node:perf_hooks";
import { createMock } from "../packages/mock-server/src/index.ts";
import { median, type Figure } from "./stats.ts";

const GROUPS = 100;
const MEMBERS = 100;
const FORKS = 200;

/** What a fork of a seeded world costs. */
export function forkCost(): Figure {
  const users = Array.from({ length: MEMBERS }, (_, index) => `user${index}@example.com`);
  const groups = Array.from({ length: GROUPS }, (_, index) => ({
    name: `Group ${index}`,
    members: users.map((address) => ({ address })),
  }));
  const world = createMock({ seed: { users, groups } }).world();
  const samples = Array.from({ length: FORKS }, (_, index) => {
    const started = performance.now();
    world.fork(`fork ${index}`);
    return performance.now() - started;
  });
  return {
    name: `a fork of ${GROUPS} groups of ${MEMBERS} members`,
    value: median(samples),
    unit: "ms",
    target: "under 5",
    samples,
  };
}
