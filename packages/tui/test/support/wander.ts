import { createMock, demoSeed, startMock } from "@mesibo-groups/mock-server";
import * as fc from "fast-check";
import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { createControl } from "../../src/control/control.ts";
import type { Desk } from "../../src/desk/desk.ts";
import { saveNew } from "../../src/desk/save.ts";
import { bindings } from "../../src/keys/keys.ts";
import { typed, type KeyPress } from "../../src/keys/press.ts";
import { unknownFolder } from "../../src/profile/paths.ts";
import { profilesOf } from "../../src/session.ts";
import { focusOf, type Focus } from "../../src/state/focus.ts";
import { home } from "../profile/support.ts";
import { CANARY, openApp } from "./app.ts";
import type { Screen } from "./screen.ts";
import type { Fetch } from "./fetch.ts";

/** A step of somebody who tries everything. */
type Step = readonly (string | { readonly paste: string })[];

/** These two leave the application, and there would be nothing more to see. */
const leaving = new Set<string>(["q", "ctrl+c"]);
const known = [...new Set(bindings.flatMap(({ keys }): readonly string[] => keys))].filter(
  (key) => !leaving.has(key),
);

const list = "alice@example.com\nerin@example.com\nzoe\nyan\n";
const toMembers = ["esc", "esc", "esc", "enter", "2"] as const;

const ways: readonly Step[] = [
  toMembers,
  [...toMembers, "d", "y"],
  ["esc", "esc", "esc", "space", "space", "y", "d", "y"],
  [...toMembers, { paste: list }, "enter", "enter"],
  [...toMembers, { paste: list }, "enter", "enter", "w", "z", "y"],
  ["esc", "esc", "esc", "n", ...Array.from("Fresh"), "ctrl+s"],
  ["esc", "esc", "esc", "enter", "1", "tab", "right", "ctrl+s"],
  ["esc", "esc", "esc", "2", "x", "enter", "o", "]", "y", "e", "y"],
  ["esc", "esc", "esc", "2", "X", "Y"],
  ["esc", "esc", "esc", "3", "enter"],
  ["esc", "esc", "esc", "0", "t"],
  ["esc", "esc", "esc", "0", "enter"],
  ["esc", "esc", "esc", "0", "n", ...Array.from("next"), "ctrl+t", "ctrl+s"],
  ["esc", "esc", "esc", "4", "enter", "]", "y", "o", "e", "y"],
  ["esc", "esc", "esc", "4", "x", "X", "2", "a", ...Array.from("1d"), "enter"],
  ["esc", "esc", "esc", "4", "4", "s", "enter"],
  ["esc", "esc", "esc", "4", "4", "w", "r"],
  ["esc", "esc", "esc", "4", "5"],
  [":", ...Array.from("copy"), "enter"],
  ["!"],
];

const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...known).map((key) => [key]) },
  { weight: 1, arbitrary: fc.constantFrom(...ways) },
);

const keyOf = (name: string): KeyPress => (name.length === 1 ? (typed(name)[0] ?? { name }) : { name });

/** Everything that a walk left behind. */
export interface Traces {
  readonly screen: Screen;
  readonly copied: readonly string[];
  /** What pager and editor were given, names and texts. */
  readonly handed: readonly string[];
  /** The texts of all files in the home, by path, besides the file of the token. */
  readonly files: ReadonlyMap<string, string>;
  /** What the application knows at the end, as text. */
  readonly known: string;
  readonly focuses: ReadonlySet<Focus>;
}

/** A walk by chance. */
export interface WanderOptions {
  readonly seed: number;
  readonly length: number;
  readonly columns?: number;
  readonly rows?: number;
  /** Stands between the application and its server. */
  readonly wire: (fetch: Fetch) => Fetch;
  /** Looks at the screen after each step. */
  readonly onFrame?: (screen: Screen) => void;
}

/** Walks through the application by chance, with real files and profiles, until it is left or the walk is over. */
export async function wander({ seed, length, wire, onFrame, ...size }: WanderOptions): Promise<Traces> {
  const server = await startMock({ seed: demoSeed, tokens: [CANARY] });
  onTestFinished(() => server.close());
  const profile = { kind: "mock", url: server.url, token_file: "token" };
  const { around, write } = await home({
    version: 1,
    profiles: {
      local: profile,
      risky: { ...profile, danger: true },
      tokenless: { kind: "gateway", url: server.url },
    },
  });
  const token = await write(".config/mesibo-groups/token", CANARY);
  const directory = join(around.home, "written");
  await mkdir(directory);
  const copied: string[] = [];
  const handed: string[] = [];
  const hand: Desk["edit"] = async ({ name, text }) => {
    handed.push(name, text);
    return { ok: true, text };
  };
  const { fetch } = createMock({ seed: demoSeed, tokens: [CANARY] });
  const wired = wire(fetch);
  const app = await openApp({
    ...size,
    control: createControl({
      url: "http://mesibo.mock/backend/",
      token: CANARY,
      fetch: async (request) => {
        const { url, method, headers } = request;
        const body = await request.text();
        return wired(url, method === "GET" ? { method } : { method, headers, body });
      },
    }),
    profiles: profilesOf(around),
    kept: unknownFolder(around),
    connection: { profile: "embedded" },
    client: { fetch: wired, retries: 0, quietMs: 0 },
    directory,
    desk: {
      copy: async (text) => {
        copied.push(text);
        return "a test";
      },
      save: (name, text) => saveNew(directory, { name, text }),
      page: hand,
      // A note is a change: what is left as it was is not offered to be sent.
      edit: async (handout) => {
        await hand(handout);
        return { ok: true, text: `${handout.text}// seen\n` };
      },
    },
  });
  onTestFinished(() => app.close());
  const { program, screen, settle } = app;
  const focuses = new Set<Focus>();
  const [walk = []] = fc.sample(fc.array(steps, { minLength: length, maxLength: length }), {
    seed,
    numRuns: 1,
  });
  for (const step of walk) {
    for (const part of step) {
      if (program.state().quit) break;
      if (typeof part === "string") program.dispatch({ kind: "key", key: keyOf(part) });
      else program.dispatch({ kind: "pasted", text: part.paste });
      await program.idle();
      focuses.add(focusOf(program.state()));
    }
    if (program.state().quit) break;
    await settle();
    onFrame?.(screen);
  }
  const files = new Map<string, string>();
  for (const entry of await readdir(around.home, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && path !== token) files.set(path, await readFile(path, "utf8"));
  }
  const { data, jobs, calls, notice, dialog, mock } = program.state();
  return {
    screen,
    copied,
    handed,
    files,
    known: JSON.stringify([data.groups, jobs, calls, notice, dialog, mock]),
    focuses,
  };
}
