import type { MockReading } from "../control/control.ts";
import type { Entry } from "../control/schemas.ts";
import type { RequestForm } from "./control-effects.ts";
import { cursorIn, emptyList, filtered, type ListState } from "./list.ts";
import type { State } from "./model.ts";

/** The tabs of the mock's screen, in the order of their keys. */
export const mockTabs = ["journal", "clock", "faults", "saved", "worlds"] as const;

/** One tab of the mock's screen. */
export type MockTab = (typeof mockTabs)[number];

/** The tabs that hold a list. */
export type MockList = Exclude<MockTab, "clock">;

/** What is known of the mock. */
export interface MockState {
  /** Undefined until it has answered. */
  readonly reading: Omit<MockReading, "requests"> | undefined;
  /** The latest requests, newest first. */
  readonly requests: readonly Entry[];
  /** Why it cannot be read; undefined where the last look went well. */
  readonly fault: string | undefined;
  /** The snapshots of this session, newest first. */
  readonly saved: readonly Saved[];
}

/** A snapshot that was taken in this session. */
export interface Saved {
  readonly id: number;
  /** Such as `snapshot 1`. */
  readonly name: string;
  /** Unix milliseconds. */
  readonly at: number;
  readonly users: number;
  readonly groups: number;
  /** As the mock wrote it; only a mock reads it. */
  readonly content: unknown;
}

/** The mock: its journal, clock, faults, snapshots and worlds. */
export interface MockScreen {
  readonly kind: "mock";
  readonly tab: MockTab;
  readonly lists: Readonly<Record<MockList, ListState>>;
  /** Rows scrolled in the open request, or undefined while the list is in front. */
  readonly open: number | undefined;
  readonly format: RequestForm;
  /** The request that was written as code last. */
  readonly written: { readonly n: number; readonly as: RequestForm; readonly text: string } | undefined;
}

/** Nothing known yet. */
export const noMock: MockState = { reading: undefined, requests: [], fault: undefined, saved: [] };

/** Requests that are remembered. */
const MAX_REQUESTS = 1000;

/** Snapshots that are remembered; a large world is some megabytes. */
const MAX_SAVED = 20;

/** The mock's screen as it opens. */
export const mockScreen: MockScreen = {
  kind: "mock",
  tab: "journal",
  lists: { journal: emptyList, faults: emptyList, saved: emptyList, worlds: emptyList },
  open: undefined,
  format: "curl",
  written: undefined,
};

/** What is known of the mock after a look at it. */
export function withReading(mock: MockState, { requests, ...reading }: MockReading): MockState {
  // A mock or a world that was made anew counts its requests from one again.
  const isSame =
    mock.reading?.identity.instance === reading.identity.instance &&
    mock.reading.world.id === reading.world.id &&
    reading.world.requests >= (mock.requests[0]?.n ?? 0);
  const known = isSame ? mock.requests : [];
  const latest = known[0]?.n ?? 0;
  // A question that was on its way meanwhile tells of the same requests.
  const fresh = requests.filter(({ n }) => n > latest).toReversed();
  return {
    ...mock,
    reading,
    fault: undefined,
    requests: fresh.length === 0 ? known : [...fresh, ...known].slice(0, MAX_REQUESTS),
  };
}

/** What is known of the mock with one more snapshot. */
export const withSaved = (mock: MockState, saved: Omit<Saved, "id">): MockState => ({
  ...mock,
  saved: [{ ...saved, id: (mock.saved[0]?.id ?? 0) + 1 }, ...mock.saved].slice(0, MAX_SAVED),
});

/** The requests that match the filter of the journal. */
export const shownRequests = ({ mock }: State, { lists }: MockScreen): readonly Entry[] =>
  filtered(
    mock.requests,
    lists.journal,
    ({ op, result, error = "", body, query, answer }) =>
      `${op} ${result} ${error} ${query} ${body} ${answer}`,
  );

/** The request under the cursor of the journal. */
export function requestInFocus(state: State): Entry | undefined {
  const { screen } = state;
  if (screen.kind !== "mock" || screen.tab !== "journal") return undefined;
  const shown = shownRequests(state, screen);
  return shown[cursorIn(screen.lists.journal, shown.length)];
}

/** The snapshot under the cursor. */
export function savedInFocus({ screen, mock }: State): Saved | undefined {
  return screen.kind === "mock" && screen.tab === "saved"
    ? mock.saved[cursorIn(screen.lists.saved, mock.saved.length)]
    : undefined;
}

/** How many rows the list of a tab has. */
export function mockRows(state: State, screen: MockScreen, tab: MockList): number {
  const { reading, saved } = state.mock;
  switch (tab) {
    case "journal":
      return shownRequests(state, screen).length;
    case "faults":
      return reading?.faults.rules.length ?? 0;
    case "saved":
      return saved.length;
    case "worlds":
      return reading?.worlds.length ?? 0;
  }
}

/** Why there is no mock to look at, as a sentence; undefined where there is one, or may be. */
export function mockFault({ connection }: State): string | undefined {
  if (connection.kind === undefined || connection.kind === "mock") return undefined;
  return `${connection.name} is no mock: only a mock has a journal, a clock, faults and snapshots.`;
}
