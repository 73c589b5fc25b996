import { createMock, demoSeed } from "@mesibo-groups/mock-server";
import { expect, onTestFinished, test } from "vitest";
import { cliTwin } from "../src/state/cli-twin.ts";
import { nameOf, table } from "../src/commands/table.ts";
import { mount } from "../src/mount.tsx";
import { ProfileError } from "../src/profile/errors.ts";
import type { Program } from "../src/program.ts";
import type { Connection, Size, State } from "../src/state/model.ts";
import { start, update, type Event } from "../src/state/update.ts";
import { CANARY, type OpenOptions, type TestApp } from "./support/app.ts";
import { editing } from "./support/editing.ts";
import { framedApp } from "./support/framed.ts";
import { alphabets, expectFrame, sizes } from "./support/frame.ts";
import { openScreen, type Screen } from "./support/screen.ts";
import { inside, known, profilesLike } from "./support/known-profiles.ts";
import type { Fetch } from "./support/fetch.ts";

type Answering = () => Promise<Response>;

const refusing =
  (error: string, code: number): Answering =>
  async () =>
    Response.json({ result: false, error, code });
const unreachable: Answering = async () => {
  throw new TypeError("fetch failed", { cause: { code: "ECONNREFUSED" } });
};
const nonsense: Answering = async () => new Response("<html>Welcome to the airport</html>");

/** The demo team behind a server that answers something else from some moment on. */
function turning(from: { answer: Answering | undefined }): Fetch {
  const { fetch } = createMock({ seed: demoSeed, tokens: [CANARY] });
  return (url, init) => (from.answer === undefined ? fetch(url, init) : from.answer());
}

interface Way {
  readonly options?: OpenOptions;
  readonly keys?: readonly string[];
  /** What the server answers from the start. */
  readonly first?: Answering;
  /** What it answers once the keys before were pressed, and which keys follow. */
  readonly turn?: readonly [Answering, ...(readonly string[])];
}

async function unread(): Promise<never> {
  throw new ProfileError({ source: "config.json", fault: "is not JSON.", next: "Correct it." });
}

const profiles = profilesLike(known);
const notice =
  "mesibo disables an app after backend calls from more than five addresses. This machine would be one of them.";
const live: Partial<Connection> = { name: "live", kind: "mesibo", profile: "live" };

/** The way to each state that is not the ordinary one. */
const states = {
  first_run: { options: { profiles: profilesLike([inside]) }, keys: ["0"] },
  profiles: {
    options: { profiles, connection: { profile: "local", name: "local", kind: "mock" } },
    keys: ["0", "down"],
  },
  profile_form: { options: { profiles }, keys: ["0", "n"] },
  profile_edit: { options: { profiles }, keys: ["0", "down", "e", "down", "down", "down", "down"] },
  profile_remove: { options: { profiles }, keys: ["0", "down", "d"] },
  profile_cost: { options: { profiles }, keys: ["0", "down", "t"] },
  profile_test: { options: { profiles }, keys: ["0", "t"] },
  profiles_unread: { options: { profiles: { ...profiles, list: unread } }, keys: ["0"] },
  notice: { options: { connection: { ...live, notice } } },
  halted: { first: refusing("TOKENBREACH", 403) },
  empty: { options: { seed: { users: [], groups: [] } } },
  empty_members: { options: { seed: { users: [], groups: [{ name: "Quiet" }] } }, keys: ["enter", "2"] },
  no_match: { keys: ["/", "n", "w", "s"] },
  error_auth: { first: refusing("AUTHFAIL", 401) },
  error_unreachable: { first: unreachable },
  error_answer: { first: nonsense },
  stale: { turn: [unreachable, "R"] },
  resend: {
    options: { desk: editing(() => '{ "op": "groupset", "gid": 102529, "flag": "0x82", "name": "Ops" }') },
    keys: ["2", "end", "enter", "e"],
  },
  resend_severe: {
    options: { desk: editing(() => '{ "op": "groupdel", "gid": 102529 }') },
    keys: ["2", "end", "enter", "e", "1", "0", "2"],
  },
  interrupted: { keys: ["ctrl+c"] },
} satisfies Record<string, Way>;

const openFramed = framedApp();

async function open({ options, keys = [], first, turn }: Way, size: OpenOptions): Promise<TestApp> {
  const from = { answer: first };
  const wire = options?.seed === undefined ? { fetch: turning(from), retries: 0 } : {};
  const opened = await openFramed({ client: wire, ...options, ...size });
  await opened.press(...keys);
  const [answer, ...more] = turn ?? [];
  from.answer = answer ?? first;
  await opened.press(...more);
  return opened;
}

for (const [columns, rows] of sizes) {
  for (const alphabet of alphabets) {
    for (const [name, way] of Object.entries(states)) {
      test(`${name} looks right at ${columns}x${rows} in ${alphabet}`, async () => {
        const app = await open(way, { columns, rows, ascii: alphabet === "ascii" });
        await expectFrame(app.screen, { name: `state.${name}`, columns, rows, alphabet });
      });
    }
  }
}

/** A picture of a state that goes by too quickly to be met. */
async function drawn(before: State, ascii: boolean): Promise<Screen> {
  const state = { ...before, look: { ...before.look, ascii } };
  const { columns, rows } = state.size;
  const screen = openScreen(columns, rows);
  const program: Program = {
    state: () => state,
    dispatch: () => undefined,
    subscribe: () => () => undefined,
    idle: async () => undefined,
  };
  const { stdin, stdout } = screen;
  const mounted = mount({ program, stdin, stdout });
  await mounted.waitUntilRenderFlush();
  await screen.settled();
  onTestFinished(async () => {
    mounted.unmount();
    await mounted.waitUntilExit();
  });
  return screen;
}

const listing = { kind: "list_groups" } as const;

/** What the application is like after some events, of which none was an answer. */
function after(size: Size, ...events: readonly Event[]): State {
  const connection = { name: "live", kind: "mesibo", canCreateUsers: true } as const;
  const first = start({ size, connection }).state;
  return events.reduce((state, event) => update(state, event).state, first);
}

const started = { kind: "started", id: 1, text: "listing groups", effect: listing } as const;

for (const [columns, rows] of sizes) {
  for (const alphabet of alphabets) {
    test(`loading looks right at ${columns}x${rows} in ${alphabet}`, async () => {
      const state = after({ columns, rows }, started, { kind: "waited", id: 1, seconds: 3 });
      const screen = await drawn(state, alphabet === "ascii");
      await expectFrame(screen, { name: "state.loading", columns, rows, alphabet });
    });
  }
}

test("esc drops a question that takes more than a second, and one that does not yet is waited for", () => {
  const size = { columns: 80, rows: 24 };
  const esc = { kind: "key", key: { name: "esc" } } as const;
  expect(update(after(size, started), esc).effects).toEqual([]);
  const waiting = after(size, started, { kind: "waited", id: 1, seconds: 1 });
  expect(update(waiting, esc).effects).toEqual([{ kind: "stop_reading", reading: listing }]);
});

test("a terminal that is too small says what it needs, and the command that does the same", async () => {
  const app = await openFramed({ columns: 40, rows: 10 });
  const seen = new Map<string, string>();
  for (const keys of [[], ["enter"], ["2"], ["3"], ["esc", "n"], ["esc", "2"], ["esc", "3"], ["esc", "0"]]) {
    await app.press(...keys);
    const { screen, ...rest } = app.program.state();
    const twin = cliTwin({ screen, ...rest });
    seen.set(screen.kind === "group" ? screen.tab : screen.kind, twin);
    expect(app.screen.text().replaceAll(/\s+/g, " ")).toBe(
      `Needs 60x15, has 40x10. The same without a screen: ${twin} ctrl+c twice quits.`,
    );
  }
  expect(Object.fromEntries(seen)).toMatchInlineSnapshot(`
    {
      "create": "mesibo-groups groups create <name>",
      "groups": "mesibo-groups groups list",
      "jobs": "mesibo-groups groups list",
      "members": "mesibo-groups members list 102529",
      "overview": "mesibo-groups groups show 102529",
      "profiles": "mesibo-groups doctor",
      "requests": "mesibo-groups requests tail",
      "who": "mesibo-groups simulate 102529 <address>",
    }
  `);
  for (const twin of seen.values()) {
    const [, ...words] = twin.split(" ");
    expect(table.filter((row) => words.join(" ").startsWith(nameOf(row))).length).toBeGreaterThan(0);
  }
});
