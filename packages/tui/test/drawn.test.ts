import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { focusOf, type Focus } from "../src/state/focus.ts";
import type { OpenOptions, TestApp } from "./support/app.ts";
import { framedApp } from "./support/framed.ts";
import { alphabets, expectFrame, sizes } from "./support/frame.ts";
import { editing } from "./support/editing.ts";
import { known, profilesLike } from "./support/known-profiles.ts";

interface Way {
  /** The frame that other tests draw of it; undefined where it is drawn here. */
  readonly frame?: string;
  readonly keys: readonly string[];
  readonly options?: OpenOptions;
}

const profiles = profilesLike(known);
const members = ["enter", "2"];
const second = [
  "n",
  ...Array.from({ length: 6 }, () => "right"),
  "tab",
  ...Array.from({ length: 8 }, () => "right"),
  "ctrl+s",
];
const conflict = ["n", "N", "shift+tab", "shift+tab", "ctrl+u", "0", "x", "1", "3", "3", "ctrl+s"];

/** The way to every screen and dialog that the model knows: without a new one here it does not compile. */
const ways = {
  groups: { frame: "groups", keys: [] },
  "groups.filter": { frame: "state.no_match", keys: ["/", "n", "w", "s"] },
  create: { frame: "create", keys: ["n", "N", "e", "w", "s", "down", "right", "down", "right"] },
  "create.text": { keys: ["n", ...Array.from("News team")] },
  overview: { frame: "overview", keys: ["enter", "down", "right"] },
  "overview.text": { keys: ["enter", "up", "up", ...Array.from(" today")] },
  members: { frame: "members", keys: [...members, "down", "space"] },
  "members.filter": { keys: [...members, "/", "b", "o"] },
  who: { frame: "who", keys: ["enter", "3", "down"] },
  "who.filter": { keys: ["enter", "3", "/", "c", "a"] },
  requests: { frame: "calls", keys: ["2"] },
  "requests.filter": { keys: ["2", "/", ...Array.from("groupsget")] },
  request: { frame: "call", keys: ["2", "end", "enter"] },
  jobs: { frame: "jobs", keys: [...members, "s", "esc", "esc", "3"] },
  profiles: {
    frame: "state.profiles",
    keys: ["0", "down"],
    options: { profiles, connection: { profile: "local", name: "local", kind: "mock" } },
  },
  "mock.journal": { keys: ["4", "down"] },
  "mock.filter": { keys: ["4", "/", ...Array.from("members")] },
  "mock.request": { keys: ["4", "enter"] },
  "mock.clock": { keys: ["4", "2"] },
  "mock.faults": { keys: ["4", "3", "n", "ctrl+s", ...second] },
  "mock.saved": { keys: ["4", "4", "s", "s", "down"] },
  "mock.worlds": { keys: ["4", "5"] },
  fault: { keys: ["4", "3", "n", "down", "right"] },
  "fault.text": { keys: ["4", "3", "n", "up", "up", "right", "right", "x"] },
  prompt: { keys: ["4", "2", "a", ...Array.from("30d")] },
  profile: { keys: ["0", "n", "down"], options: { profiles } },
  "profile.text": { frame: "state.profile_form", keys: ["0", "n"], options: { profiles } },
  confirm: { frame: "delete", keys: ["d", "1", "0", "2"] },
  draft: {
    keys: ["2", "end", "enter", "e"],
    options: { desk: editing(() => '{\n  "op": "groupset",\n  "gid": "many",\n  "nmae": "Ops"\n}\n') },
  },
  conflict: { frame: "contradiction", keys: conflict },
  add: { frame: "source", keys: [...members, "a", ...Array.from("zoe,bob@example.com")] },
  preview: { frame: "add", keys: [...members, "a", ...Array.from("zoe,bob@example.com"), "enter"] },
  result: {
    frame: "result",
    keys: [...members, "a", ...Array.from("zoe erin@example.com yan"), "enter", "enter"],
  },
  message: { frame: "state.profile_test", keys: ["0", "t"], options: { profiles } },
  notice: {
    frame: "state.notice",
    keys: [],
    options: {
      connection: {
        name: "live",
        kind: "mesibo",
        profile: "live",
        notice:
          "mesibo disables an app after backend calls from more than five addresses. This machine would be one of them.",
      },
    },
  },
  halted: {
    frame: "state.halted",
    keys: [],
    options: {
      client: {
        retries: 0,
        fetch: async () => Response.json({ result: false, error: "TOKENBREACH", code: 403 }),
      },
    },
  },
  palette: { frame: "palette", keys: [":", ...Array.from("write")] },
  help: { frame: "help", keys: ["?"] },
} satisfies Record<Focus, Way>;

const openFramed = framedApp();

async function open({ keys, options }: Way, size: OpenOptions): Promise<TestApp> {
  const app = await openFramed({ ...options, ...size });
  await app.press(...keys);
  return app;
}

const table: readonly (readonly [string, Way])[] = Object.entries(ways);

for (const [focus, way] of table.filter(([, { frame }]) => frame === undefined)) {
  for (const [columns, rows] of sizes) {
    for (const alphabet of alphabets) {
      test(`${focus} looks right at ${columns}x${rows} in ${alphabet}`, async () => {
        const { program, screen } = await open(way, { columns, rows, ascii: alphabet === "ascii" });
        expect(focusOf(program.state())).toBe(focus);
        await expectFrame(screen, { name: `focus.${focus}`, columns, rows, alphabet });
      });
    }
  }
}

for (const [focus, way] of table.filter(([, { frame }]) => frame !== undefined)) {
  test(`${focus} is what the frame ${way.frame} shows`, async () => {
    const { program, screen } = await open(way, { columns: 80, rows: 24 });
    expect(focusOf(program.state())).toBe(focus);
    const drawn = await readFile(new URL(`frames/${way.frame}.80x24.unicode.txt`, import.meta.url), "utf8");
    expect(`${screen.text()}\n`).toBe(drawn);
  });
}
