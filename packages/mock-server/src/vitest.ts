import { test as base, type TestAPI } from "vitest";
import type { Entry } from "./journal/entry.ts";
import { createStrayView, createView, type EntryView } from "./journal/view.ts";
import { mockOf, type Mock } from "./mock.ts";
import { mockParts, type MockOptions } from "./parts.ts";
import type { WorldHandle } from "./world-handle.ts";
import type { WorldEntry, Worlds } from "./worlds.ts";

/** What a test gets: a world of its own, and what a client needs to reach it. */
export interface MesiboFixture extends Pick<Mock, "url" | "fetch"> {
  /** The app token of this test's world. */
  readonly token: string;
  /** To look behind the API: users, groups, deliveries, requests, clock, faults. */
  readonly world: WorldHandle;
}

/** How many of the latest requests a failed test shows of each kind. */
const SHOWN = 10;

function lines(
  what: string,
  entries: readonly Entry[],
  view: (entry: Entry) => EntryView,
): readonly string[] {
  const shown = entries.slice(-SHOWN).map(view);
  return [
    `${what}: ${entries.length}${entries.length > shown.length ? "; the latest:" : ""}`,
    ...shown.map(({ n, explanation }) => `  ${n}. ${explanation.summary}`),
  ];
}

const viewOf = ({ token, world }: WorldEntry): ((entry: Entry) => EntryView) => createView(token, world);

/** What a mock was asked: for a test's world, and past it, which is a common reason why the test has failed. */
function account(worlds: Worlds, token: string): string {
  const strays = worlds.strays.entries();
  return worlds
    .list()
    .filter((entry) => entry.token === token || entry.journal.count() > 0)
    .flatMap((entry) => {
      const what = entry.token === token ? "Requests to the mock mesibo" : "Requests with another token";
      return lines(what, entry.journal.entries(), viewOf(entry));
    })
    .concat(
      strays.length === 0 ? [] : lines("Requests that reached no world", strays, createStrayView(worlds)),
    )
    .join("\n");
}

/**
 * Vitest's `test` with a fixture `mesibo`: each test has a world of its own, so tests in parallel never meet. When a
 * test fails, the latest requests are printed with why each was answered so.
 *
 * The package's README starts with a complete file, which is one of this package's own tests.
 */
export function mesiboTest(options: Omit<MockOptions, "tokens"> = {}): TestAPI<{ mesibo: MesiboFixture }> {
  let tests = 0;

  return base.extend<{ mesibo: MesiboFixture }>({
    mesibo: async ({ onTestFailed, task }, use) => {
      tests += 1;
      // A mock for each test: what went past its world is its own too, and nothing is left of it afterwards.
      const parts = mockParts(options);
      const { url, fetch, world } = mockOf(parts);
      const token = `${parts.token}-${tests}`;
      const fixture = { url, fetch, token, world: world(token) };
      onTestFailed(() => {
        // One that is to fail needs no explanation.
        if (task.fails !== true) console.error(account(parts.worlds, token));
      });
      await use(fixture);
    },
  });
}
