import { test as base, type TestAPI } from "vitest";
import { createMock, type Mock } from "./mock.ts";
import type { MockOptions } from "./parts.ts";
import type { WorldHandle } from "./world-handle.ts";

/** What a test gets: a world of its own, and what a client needs to reach it. */
export interface MesiboFixture extends Pick<Mock, "url" | "fetch"> {
  /** The app token of this test's world. */
  readonly token: string;
  /** To look behind the API: users, groups, deliveries, requests, clock, faults. */
  readonly world: WorldHandle;
}

/** How many of the latest requests a failed test shows. */
const SHOWN = 10;

function account({ world }: MesiboFixture): string {
  const requests = world.requests();
  const lines = requests.slice(-SHOWN).map(({ n, explanation }) => `  ${n}. ${explanation.summary}`);
  const left = requests.length - lines.length;
  return [
    `The mock mesibo had ${requests.length} requests${left > 0 ? `; the latest:` : ":"}`,
    ...lines,
  ].join("\n");
}

/**
 * Vitest's `test` with a fixture `mesibo`: each test has a world of its own, so tests in parallel never meet. When a
 * test fails, the latest requests are printed with why each was answered so.
 *
 * The package's README starts with a complete file, which is one of this package's own tests.
 */
export function mesiboTest(options: Omit<MockOptions, "tokens"> = {}): TestAPI<{ mesibo: MesiboFixture }> {
  const mock = createMock(options);
  let tests = 0;

  return base.extend<{ mesibo: MesiboFixture }>({
    mesibo: async ({ onTestFailed }, use) => {
      tests += 1;
      const token = `${mock.token}-${tests}`;
      const fixture = { url: mock.url, fetch: mock.fetch, token, world: mock.world(token) };
      onTestFailed(() => {
        console.error(account(fixture));
      });
      await use(fixture);
    },
  });
}
