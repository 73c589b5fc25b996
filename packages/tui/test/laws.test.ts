import { createClient } from "@mesibo-groups/core";
import { createMock, demoSeed, type Seed } from "@mesibo-groups/mock-server";
import * as fc from "fast-check";
import { renderToString } from "ink";
import { createElement } from "react";
import { expect, test } from "vitest";
import { readDraft } from "../src/call/draft.ts";
import { actionFor, standardKeys } from "../src/keys/keymap.ts";
import { bindings } from "../src/keys/keys.ts";
import { typed } from "../src/keys/press.ts";
import { createProgram, type Program } from "../src/program.ts";
import { isControlChange } from "../src/state/control-effects.ts";
import { isOperationChange } from "../src/state/operation-effects.ts";
import { isMutation, type Effect, type Mutation } from "../src/state/effects.ts";
import { focusOf } from "../src/state/focus.ts";
import type { State } from "../src/state/model.ts";
import { start, update, type Event } from "../src/state/update.ts";
import { Frame } from "../src/view/app.tsx";
import { hints } from "../src/view/components/footer.tsx";
import { unicodeGlyphs } from "../src/view/theme.ts";
import { controlOf } from "./support/control.ts";
import { CANARY } from "./support/app.ts";
import { inside, known } from "./support/known-profiles.ts";

// What a run reaches must not depend on chance: the laws say how far they have come.
fc.configureGlobal({ seed: 20_261_123 });

const connection = { name: "embedded mock", canCreateUsers: true };
const size = { columns: 80, rows: 24 };

function open(seed: Seed): Program {
  const mock = createMock({ seed, tokens: [CANARY] });
  const { token, url, fetch } = mock;
  const client = createClient({
    token,
    url,
    fetch,
    onCall: (record) => program.dispatch({ kind: "called", record }),
  });
  const program = createProgram({
    client,
    control: controlOf(mock),
    connection,
    size,
    onDefect: (error) => {
      throw error;
    },
  });
  return program;
}

/** The state of the application with the demo team listed. */
async function listed(): Promise<State> {
  const program = open(demoSeed);
  await program.idle();
  return program.state();
}

/** The state after a paste of thirty users and a stranger: what became of them is in front. */
async function pasted(): Promise<State> {
  const users = Array.from({ length: 30 }, (_, index) => `u${index}`);
  const { dispatch, idle, state } = open({ users, groups: [{ name: "A" }, { name: "B" }] });
  const press = (name: string): void => dispatch({ kind: "key", key: { name } });
  await idle();
  press("enter");
  press("2");
  await idle();
  dispatch({ kind: "pasted", text: [...users, "stranger"].join("\n") });
  press("enter");
  press("enter");
  await idle();
  return state();
}

/** The state with a fault and a snapshot in the mock, and the first tab of it in front. */
async function mocked(): Promise<State> {
  const { dispatch, idle, state } = open(demoSeed);
  await idle();
  for (const name of ["4", "3", "n", "ctrl+s", "4", "s", "1"]) {
    dispatch({ kind: "key", key: { name } });
    await idle();
  }
  return state();
}

const first = await listed();
const looked = await mocked();
const ended = await pasted();
const chosen = update(update(first, { kind: "key", key: { name: "0", text: "0" } }).state, {
  kind: "profiles_listed",
  profiles: known,
}).state;
/** The jobs of a gateway that does not know what came of two operations. */
const doubtful = update(
  update(
    { ...first, connection: { ...connection, kind: "gateway" } },
    { kind: "key", key: { name: "3", text: "3" } },
  ).state,
  {
    kind: "operations_listed",
    operations: ["create_group", "delete_group"].map((kind, index) => ({
      id: `op_01M8MVPSS6ZXNHKQNFSTZD8N0${index}`,
      kind,
      gid: kind === "create_group" ? undefined : 102529,
      name: kind === "create_group" ? "Perhaps" : undefined,
      adds: kind === "create_group",
      detail: "No answer came.",
      createdAt: "2026-11-29T23:54:37.223Z",
    })),
  },
).state;
/** A call in front. */
const inspecting = ["2", "end", "enter"].reduce(
  (state, name) => update(state, { kind: "key", key: { name } }).state,
  first,
);
const starts = fc.constantFrom(first, ended, chosen, looked, inspecting);

const withDanger = (state: State): State => ({ ...state, connection: { ...connection, danger: true } });
const withReadOnly = (state: State): State => ({
  ...state,
  connection: { ...connection, readOnly: "config.json" },
});

/** Every key of the table, with `y` and the digits of the gids often enough to confirm by accident. */
const keys = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(...new Set(bindings.flatMap((row): readonly string[] => row.keys))),
  },
  { weight: 1, arbitrary: fc.constantFrom(...Array.from("ydawnq0125369x@,")) },
);

/** Ways that nobody finds by accident: to the members of a group, back from a job, and a whole gid. */
const ways = [
  ["esc", "enter", "2"],
  ["esc", "d", ...Array.from("102529")],
  ["esc", "d"],
  ["esc", "esc", "esc", "ctrl+a", "d", ...Array.from("4 groups")],
  ["esc", "esc", "esc", "A", "space", "space", "d", ...Array.from("2 groups")],
  ["z", ...Array.from("102529")],
  Array.from("102529"),
  Array.from("102530"),
  ["esc", "esc", "0"],
  ["esc", "esc", "0", "down", "d", ...Array.from("live")],
  ["esc", "esc", "0", "down", "t"],
  ["esc", "esc", "0", "down", "enter"],
  ["esc", "esc", "0", "down", "e", "ctrl+t"],
  ["esc", "esc", "0", "n", "n", "tab", "right", "right"],
  ["esc", "esc", "4", "2", "a", ...Array.from("30d"), "enter"],
  ["esc", "esc", "4", "4", "f", ...Array.from("copy"), "enter"],
  ["esc", "esc", "4", "4", "r"],
  ["esc", "esc", "4", "3", "d"],
  ["esc", "esc", "4", "3", "n", "ctrl+s"],
  ["esc", "esc", "4", "3", "n", "tab", "tab"],
  ["esc", "esc", "2", "end", "enter", "e"],
  ["e", "y"],
  ["e", ...Array.from("102529"), "y"],
  ["end", "h"],
  ["t", ...Array.from("8n00")],
  ["h", ...Array.from("102533"), "enter"],
] as const;

const runs = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: keys.map((key): readonly string[] => [key]) },
      { weight: 1, arbitrary: fc.constantFrom<readonly string[]>(...ways) },
      { weight: 1, arbitrary: fc.constantFrom<readonly string[]>(["d"], ["y"], ["z"]) },
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.flat());

/** What the laws are held against: the application, or one that is broken on purpose. */
let model: typeof update = update;

const laws = new Map<string, () => void>();

function law(name: string, holds: () => void): void {
  laws.set(name, holds);
  // oxlint-disable-next-line vitest/expect-expect -- the law expects
  test(name, holds);
}

interface Walk {
  readonly state: State;
  readonly effects: readonly { readonly effect: Effect; readonly before: State; readonly key: string }[];
}

/** What an editor leaves, one after the other: calls of each class, and what is none. */
const written = [
  { op: "groupdel", gid: 102529 },
  { op: "groupset", gid: 102529, name: "Ops" },
  { op: "groupset", gid: 102529, m: "alice" },
  { op: "groupmake" },
  { op: "groupadd", name: "Ops" },
  {
    op: "groupeditmembers",
    gid: 102529,
    delete: 1,
    m: Array.from({ length: 26 }, (_, n) => `u${n}`).join(","),
  },
  { op: "usersget" },
].map((body, n): Event => {
  const draft = { name: `${n}.jsonc`, text: JSON.stringify(body), first: "" };
  const read = readDraft(draft.text);
  return read.kind === "call"
    ? { kind: "call_edited", draft, call: read.call }
    : { kind: "call_faulty", draft, faults: read.kind === "faults" ? read.faults : [] };
});

/** What the files and the programs of this machine answer at once; no server does. */
function answersTo(effect: Effect, nth: number): readonly Event[] {
  if (effect.kind === "edit_call") return written.slice(nth % written.length).slice(0, 1);
  if (effect.kind === "list_profiles") return [{ kind: "profiles_listed", profiles: known }];
  if (effect.kind === "change_profiles") return [{ kind: "profiles_changed", change: effect.change }];
  if (effect.kind === "connect" && !effect.acknowledged)
    return [{ kind: "notice_wanted", profile: effect.profile, text: "One of five." }];
  if (effect.kind === "test_profile") {
    const { profile } = effect;
    return [
      { kind: "profile_tested", profile, step: { name: "server", value: "there", state: "ok" } },
      { kind: "profile_tested", profile, step: "good" },
    ];
  }
  return [];
}

/** What the keys do, while no answer of a server comes. */
function walk(names: readonly string[], from: State = first): Walk {
  let state = from;
  const effects: { effect: Effect; before: State; key: string }[] = [];
  for (const name of names) {
    const before = state;
    const key = name.length === 1 ? (typed(name)[0] ?? { name }) : { name };
    const next = model(state, { kind: "key", key });
    state = next.state;
    effects.push(...next.effects.map((effect) => ({ effect, before, key: name })));
    for (const event of next.effects.flatMap((effect) => answersTo(effect, effects.length))) {
      const answered = model(state, event);
      const { kind } = event;
      const asked = state;
      effects.push(...answered.effects.map((effect) => ({ effect, before: asked, key: kind })));
      state = answered.state;
    }
  }
  return { state, effects };
}

test("the first thing asked of the server is the list of groups", () => {
  expect(start({ size, connection }).effects).toEqual([{ kind: "list_groups" }]);
});

const looks = new Set<string>([
  "list_groups",
  "list_members",
  "list_profiles",
  "list_operations",
  "read_mock",
  "read_file",
  "write_request",
  "compare_world",
  "stop_reading",
  "stop_bulk",
] satisfies Effect["kind"][]);

function destroys(effect: Effect): effect is Extract<Mutation, { readonly gid: number }> {
  if (effect.kind === "run_bulk") return effect.plan.steps.some(({ kind }) => kind === "remove");
  return effect.kind === "remove_members" || effect.kind === "delete_group";
}

/** What has to be typed before something is destroyed: a gid, or how many groups go with one yes. */
const severePhrase = (effect: Extract<Mutation, { readonly gid: number }>, dialog: State["dialog"]): string =>
  dialog?.kind === "confirm" && dialog.effects.length > 1 && effect.kind === "delete_group"
    ? `${dialog.effects.length} groups`
    : String(effect.gid);

law(
  "nothing is removed or deleted without y on a dialog, nor a group without its gid typed, or several without their number",
  () => {
    const reached = new Set<string>();
    fc.assert(
      fc.property(runs, starts, (names, from) => {
        for (const { effect, before, key } of walk(names, from).effects) {
          if (!destroys(effect)) continue;
          const { dialog } = before;
          expect({ key, dialog: dialog?.kind }).toEqual({ key: "y", dialog: "confirm" });
          const [phrase, words] = [
            severePhrase(effect, dialog),
            dialog?.kind === "confirm" ? dialog.typed.text : "",
          ];
          reached.add(/groups/.test(phrase) ? "several groups" : effect.kind);
          // The job of `ended` has added thirty, which is more than one key may remove.
          expect(effect.kind === "remove_members" || words === phrase).toBe(true);
        }
      }),
      { numRuns: 10_000 },
    );
    // Else the law held for want of a case.
    expect([...reached].toSorted()).toEqual(["delete_group", "remove_members", "run_bulk", "several groups"]);
  },
);

law("several groups are deleted at once only where they are the marked ones", () => {
  let several = 0;
  fc.assert(
    fc.property(runs, (names) => {
      for (const { effect, before } of walk(names).effects) {
        if (effect.kind !== "delete_group" || before.dialog?.kind !== "confirm") continue;
        const { effects } = before.dialog;
        if (effects.length < 2 || before.screen.kind !== "groups") continue;
        several += 1;
        const gids = effects.map((each) => (each.kind === "delete_group" ? each.gid : undefined));
        expect(new Set(gids)).toEqual(before.screen.marks.marked);
      }
    }),
    { numRuns: 3000 },
  );
  expect(several).toBeGreaterThan(0);
});

law("on a danger profile nothing is changed without y on a dialog, nor removed without the gid typed", () => {
  const reached = new Set<string>();
  fc.assert(
    fc.property(runs, starts, (names, from) => {
      for (const { effect, before, key } of walk(names, withDanger(from)).effects) {
        if (!isMutation(effect) && !isControlChange(effect)) continue;
        reached.add(effect.kind);
        expect({ key, dialog: before.dialog?.kind }).toEqual({ key: "y", dialog: "confirm" });
        if (effect.kind !== "remove_members" && effect.kind !== "delete_group") continue;
        const words = before.dialog?.kind === "confirm" ? before.dialog.typed.text : "";
        expect(words).toBe(severePhrase(effect, before.dialog));
      }
    }),
    { numRuns: 10_000 },
  );
  const some = [
    "set_permissions",
    "delete_group",
    "change_clock",
    "set_faults",
    "restore_world",
    "fork_world",
  ];
  expect([...reached]).toEqual(expect.arrayContaining(some));
});

/** Keys of somebody who has calls edited most of the time. */
const editing = fc
  .array(
    fc.oneof(
      keys.map((key): readonly string[] => [key]),
      fc.constantFrom<readonly string[]>(
        ["esc", "esc", "esc", "2", "end", "enter", "e"],
        ["e"],
        ["y"],
        ["e", ...Array.from("102529"), "y"],
      ),
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.flat());

const editedLaw =
  "no edited call is sent without y on a dialog that shows it, nor what takes much away without its gid typed";

law(editedLaw, () => {
  const reached = new Set<string>();
  fc.assert(
    fc.property(editing, (names) => {
      for (const { effect, before, key } of walk(names, inspecting).effects) {
        if (effect.kind !== "send_edited" && effect.kind !== "ask_edited") continue;
        const { op, request } = effect.call;
        const { dialog } = before;
        reached.add(`${effect.kind} ${op}`);
        expect({ key, dialog: dialog?.kind }).toEqual({ key: "y", dialog: "confirm" });
        if (dialog?.kind !== "confirm") continue;
        expect(dialog.lines.at(-1)).toContain(`op = "${op}"`);
        const isSevere = op === "groupdel" || "members" in request;
        expect(dialog.typed.text).toBe(isSevere ? "102529" : "");
      }
    }),
    { numRuns: 5000 },
  );
  expect([...reached].toSorted()).toEqual([
    "ask_edited usersget",
    "send_edited groupadd",
    "send_edited groupdel",
    "send_edited groupeditmembers",
    "send_edited groupset",
  ]);
});

law(
  "no operation of a gateway is settled without y or a gid, nor a group made again without its id typed",
  () => {
    const reached = new Set<string>();
    fc.assert(
      fc.property(runs, (names) => {
        for (const { effect, before, key } of walk(names, doubtful).effects) {
          if (!isOperationChange(effect)) continue;
          const { operation, resolution } = effect;
          const { dialog } = before;
          reached.add(`${resolution.outcome} ${operation.kind}`);
          if (resolution.outcome === "happened" && operation.kind === "create_group") {
            expect({ key, dialog: dialog?.kind }).toEqual({ key: "enter", dialog: "prompt" });
            continue;
          }
          expect({ key, dialog: dialog?.kind }).toEqual({ key: "y", dialog: "confirm" });
          const typedEnd = dialog?.kind === "confirm" ? dialog.typed.text : "";
          const isTwin = resolution.outcome === "retried" && operation.kind === "create_group";
          expect(typedEnd).toBe(isTwin ? operation.id.slice(-4).toLowerCase() : "");
        }
      }),
      { numRuns: 10_000 },
    );
    expect([...reached].toSorted()).toEqual(
      ["did_not_happen", "happened", "retried"].flatMap((outcome) => [
        `${outcome} create_group`,
        `${outcome} delete_group`,
      ]),
    );
  },
);

law("nothing that comes in one piece changes anything, writes a file, copies, connects or quits", () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(runs, runs, fc.constantFrom(first, ended, chosen, looked, doubtful), (names, piece, from) => {
      const { state } = walk(names, from);
      const keys = piece.map((name) => (name.length === 1 ? (typed(name)[0] ?? { name }) : { name }));
      const { state: reached, effects } = model(state, { kind: "burst", keys });
      expect(reached.quit).toBe(state.quit);
      for (const { kind } of effects) seen.add(kind);
    }),
    { numRuns: 3000 },
  );
  expect([...seen].filter((kind) => !looks.has(kind))).toEqual([]);
  expect([...seen]).toEqual(expect.arrayContaining(["list_groups", "list_members"]));
});

law("on a read-only profile no key changes anything", () => {
  fc.assert(
    fc.property(runs, starts, (names, from) => {
      const changes = [from, doubtful].flatMap((each) => walk(names, withReadOnly(each)).effects);
      expect(
        changes.filter(
          ({ effect }) => isMutation(effect) || isControlChange(effect) || isOperationChange(effect),
        ),
      ).toEqual([]);
    }),
    { numRuns: 3000 },
  );
});

/** Whether a press of `y` answered a dialog with this to be done behind it. */
const isAnswer = (before: State, key: string, verb: string): boolean =>
  key === "y" && before.dialog?.kind === "confirm" && before.dialog.verb === verb;

law(
  "no profile is removed or costs an address without y on a dialog, nor one marked danger without its name typed",
  () => {
    const reached = new Set<string>();
    fc.assert(
      fc.property(runs, starts, (names, from) => {
        for (const { effect, before, key } of walk(names, from).effects) {
          if (effect.kind === "connect" && effect.acknowledged) {
            reached.add("connect");
            expect({ key, dialog: before.dialog?.kind }).toEqual({ key: "y", dialog: "notice" });
          }
          if (effect.kind === "test_profile") {
            const { kind } = effect.draft ?? known.find(({ name }) => name === effect.profile) ?? {};
            if (kind === "mesibo") reached.add(effect.draft === undefined ? "test" : "test of a draft");
            expect(kind !== "mesibo" || isAnswer(before, key, "test it")).toBe(true);
          }
          if (effect.kind !== "change_profiles" || effect.change.kind !== "remove") continue;
          const { name } = effect.change;
          const { danger } = known.find((row) => row.name === name) ?? inside;
          reached.add(danger ? "remove marked danger" : "remove");
          expect(isAnswer(before, key, "remove it")).toBe(true);
          const typedName = before.dialog?.kind === "confirm" ? before.dialog.typed.text : "";
          expect(typedName).toBe(danger ? name : "");
        }
      }),
      { numRuns: 10_000 },
    );
    expect([...reached].toSorted()).toEqual([
      "connect",
      "remove",
      "remove marked danger",
      "test",
      "test of a draft",
    ]);
  },
);

// About the table of keys, which no change of the state can break.
test("wherever keys lead, esc and ctrl+c mean something, and the footer names a key", () => {
  const reached = new Set<string>();
  fc.assert(
    fc.property(runs, starts, (names, from) => {
      const { state } = walk(names, from);
      const focus = focusOf(state);
      reached.add(focus);
      const means = {
        esc: actionFor(standardKeys, { focus, key: "esc" }),
        stop: actionFor(standardKeys, { focus, key: "ctrl+c" }),
      };
      expect({ focus, ...means }).toEqual({ focus, esc: expect.any(String), stop: expect.any(String) });
      expect(hints(state, unicodeGlyphs).length).toBeGreaterThan(0);
    }),
    { numRuns: 3000 },
  );
  expect([...reached]).toEqual(
    expect.arrayContaining(["profiles", "profile.text", "notice", "mock.saved", "fault.text", "prompt"]),
  );
});

law("wherever keys lead, there is a picture, and it is no higher than the terminal", () => {
  fc.assert(
    fc.property(runs, starts, (names, from) => {
      const { state } = walk(names, from);
      const rows = renderToString(createElement(Frame, { state }), { columns: size.columns }).split("\n");
      expect(rows.length).toBeLessThan(size.rows);
      expect(rows.join("\n")).not.toMatch(/undefined|\[object|NaN/);
    }),
    { numRuns: 200 },
  );
});

law("esc leads back to the list of groups from everywhere, and never out", () => {
  fc.assert(
    fc.property(runs, starts, (names, from) => {
      let { state } = walk(names, from);
      const { quit } = state;
      for (let press = 0; press < 40 && (state.below.length > 0 || state.dialog !== undefined); press += 1) {
        state = model(state, { kind: "key", key: { name: "esc" } }).state;
      }
      expect([state.screen.kind, state.dialog, state.below, state.quit]).toEqual([
        "groups",
        undefined,
        [],
        quit,
      ]);
    }),
    { numRuns: 1000 },
  );
});

law("no key that only moves asks anything of the server but to list", () => {
  const moving = [
    "up",
    "down",
    "left",
    "right",
    "pageup",
    "pagedown",
    "home",
    "end",
    "j",
    "k",
    "g",
    "G",
    "enter",
    "tab",
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...moving, "1", "2", "3", "4", "esc")), (names) => {
      const kinds = walk(names).effects.map(({ effect }) => effect.kind);
      expect(kinds.filter((kind) => !["list_members", "read_mock", "write_request"].includes(kind))).toEqual(
        [],
      );
    }),
  );
});

law("the state is never changed in place", () => {
  const before = structuredClone({ ...first, calls: [] });
  fc.assert(
    fc.property(runs, (names) => {
      walk(names);
      expect({ ...first, calls: [] }).toEqual(before);
    }),
    { numRuns: 50 },
  );
});

const press = (state: State, name: string): ReturnType<typeof update> =>
  update(state, { kind: "key", key: { name } });

/** The application, with what it has come to changed by `then`. */
const after =
  (then: (next: ReturnType<typeof update>, event: Event, before: State) => ReturnType<typeof update>) =>
  (state: State, event: Event) =>
    then(update(state, event), event, state);

/** The application with other eyes for what it talks to. */
const blindTo =
  (safeguard: Partial<State["connection"]>) =>
  (state: State, event: Event): ReturnType<typeof update> => {
    const { state: next, effects } = update(
      { ...state, connection: { ...state.connection, ...safeguard } },
      event,
    );
    return { state: { ...next, connection: state.connection }, effects };
  };

const isKey = (event: Event, name: string): boolean => event.kind === "key" && event.key.name === name;

/** Answers a dialog that is in front, as if somebody had. */
const answeredWith = (name: string, isMeant: (dialog: State["dialog"]) => boolean) =>
  after((next, event) => {
    if (event.kind !== "key" || !isMeant(next.state.dialog)) return next;
    const { state, effects } = press(next.state, name);
    return { state, effects: [...next.effects, ...effects] };
  });

const removal =
  "nothing is removed or deleted without y on a dialog, nor a group without its gid typed, or several without their number";
const profileLaw =
  "no profile is removed or costs an address without y on a dialog, nor one marked danger without its name typed";

/** Mistakes that somebody could make, and the law that finds each. */
const mistakes: readonly (readonly [mistake: string, law: string, broken: typeof update])[] = [
  ["a removal asks nothing", removal, answeredWith("y", (dialog) => dialog?.kind === "confirm")],
  [
    "enter confirms",
    removal,
    (state, event) =>
      state.dialog?.kind === "confirm" && isKey(event, "enter") ? press(state, "y") : update(state, event),
  ],
  [
    "no gid has to be typed",
    removal,
    after(({ state, effects }) => ({
      state:
        state.dialog?.kind === "confirm"
          ? { ...state, dialog: { ...state.dialog, phrase: undefined } }
          : state,
      effects,
    })),
  ],
  [
    "a group goes with the marked ones",
    "several groups are deleted at once only where they are the marked ones",
    after(({ state, effects }) => ({
      state:
        state.dialog?.kind === "confirm" && state.dialog.effects.length > 1
          ? {
              ...state,
              dialog: {
                ...state.dialog,
                effects: [{ kind: "delete_group", gid: 1 }, ...state.dialog.effects.slice(1)],
              },
            }
          : state,
      effects,
    })),
  ],
  [
    "what comes in one piece is pressed like anything else",
    "nothing that comes in one piece changes anything, writes a file, copies, connects or quits",
    (state, event) =>
      event.kind === "burst"
        ? event.keys.reduce(
            ({ state: reached, effects }, key) => {
              const next = update(reached, { kind: "key", key });
              return { state: next.state, effects: [...effects, ...next.effects] };
            },
            { state, effects: [] as readonly Effect[] },
          )
        : update(state, event),
  ],
  [
    "an operation is settled without a word",
    "no operation of a gateway is settled without y or a gid, nor a group made again without its id typed",
    answeredWith("y", (dialog) => dialog?.kind === "confirm" && dialog.verb === "it did not happen"),
  ],
  [
    "an edited call is sent without a word",
    editedLaw,
    after((next, event) => {
      if (event.kind !== "call_edited") return next;
      const { state, effects } = press(next.state, "y");
      return { state, effects: [...next.effects, ...effects] };
    }),
  ],
  [
    "an edited call that takes much away wants nothing typed",
    editedLaw,
    after(({ state, effects }) => ({
      state:
        state.dialog?.kind === "confirm"
          ? { ...state, dialog: { ...state.dialog, phrase: undefined } }
          : state,
      effects,
    })),
  ],
  [
    "a danger profile is like any other",
    "on a danger profile nothing is changed without y on a dialog, nor removed without the gid typed",
    blindTo({ danger: false }),
  ],
  [
    "a read-only profile is like any other",
    "on a read-only profile no key changes anything",
    blindTo({ readOnly: undefined }),
  ],
  [
    "the notice of five addresses answers itself",
    profileLaw,
    answeredWith("y", (dialog) => dialog?.kind === "notice"),
  ],
  [
    "a removal of a profile answers itself",
    profileLaw,
    answeredWith("y", (dialog) => dialog?.kind === "confirm" && dialog.verb === "remove it"),
  ],
  [
    "a profile is tested without a word",
    profileLaw,
    answeredWith("y", (dialog) => dialog?.kind === "confirm" && dialog.verb === "test it"),
  ],
  [
    "a message has nothing to say",
    "wherever keys lead, there is a picture, and it is no higher than the terminal",
    after(({ state, effects }) => ({
      state: { ...state, notice: { outcome: "info", text: String(undefined) } },
      effects,
    })),
  ],
  [
    "esc closes no dialog",
    "esc leads back to the list of groups from everywhere, and never out",
    (state, event) =>
      state.dialog !== undefined && isKey(event, "esc") ? { state, effects: [] } : update(state, event),
  ],
  [
    "esc at the list of groups quits",
    "esc leads back to the list of groups from everywhere, and never out",
    after((next, event) =>
      isKey(event, "esc") && next.state.below.length === 0
        ? { ...next, state: { ...next.state, quit: true } }
        : next,
    ),
  ],
  [
    "the last row asks for the groups again",
    "no key that only moves asks anything of the server but to list",
    after((next, event) =>
      isKey(event, "end") ? { ...next, effects: [...next.effects, { kind: "list_groups" }] } : next,
    ),
  ],
  [
    "a key is counted in place",
    "the state is never changed in place",
    after((next, event, before) => {
      Object.assign(before, { interrupts: 7 });
      return next;
    }),
  ],
];

for (const [mistake, name, broken] of mistakes) {
  test(`a law finds it where ${mistake}`, () => {
    const settings = fc.readConfigureGlobal();
    const untouched = { ...first };
    // The first case will do: nobody has to understand it.
    fc.configureGlobal({ ...settings, endOnFailure: true });
    model = broken;
    try {
      expect(() => laws.get(name)?.()).toThrow("Property failed");
    } finally {
      model = update;
      fc.configureGlobal(settings);
      Object.assign(first, untouched);
    }
  });
}

test("every law is shown to find a mistake", () => {
  expect([...new Set(mistakes.map(([, name]) => name))].toSorted()).toEqual([...laws.keys()].toSorted());
});
