export type { Clock } from "./clock.ts";
export type { Delivery } from "./engine/world.ts";
export { createMock, type GroupSnapshot, type Mock, type MockOptions, type WorldHandle } from "./mock.ts";
export { startMock, type RunningMock, type StartOptions } from "./serve.ts";
export { demoSeed, type Seed, type SeedGroup } from "./seed.ts";
