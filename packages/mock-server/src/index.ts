export { createMock, type Mock, type MockOptions, type WorldHandle } from "./mock.ts";
export { startMock, type RunningMock, type StartOptions } from "./serve.ts";
export { demoSeed, type Seed, type SeedGroup } from "./seed.ts";
