import {
  checkFlags,
  describeFlags,
  explainFlags,
  parseFlags,
  type Gid,
  type GroupFlags,
} from "@mesibo-groups/core";
import type { Keymap } from "../keys/keymap.ts";
import type { Action } from "../keys/keys.ts";
import { focusOf, type Focus } from "./focus.ts";
import type { State } from "./model.ts";
import type { PaletteDialog } from "./dialogs.ts";
import { unavailable } from "./unavailable.ts";

/** What a row of the palette does. */
export type Command =
  | { readonly kind: "action"; readonly action: Action }
  | { readonly kind: "open"; readonly gid: Gid }
  | { readonly kind: "explain"; readonly flags: GroupFlags };

/** A row of the palette. */
export interface Offer {
  readonly command: Command;
  readonly title: string;
  /** The key that does it without the palette; empty where there is none. */
  readonly key: string;
  /** Why it does not work now, as a sentence; undefined where it works. */
  readonly reason: string | undefined;
}

const places: Partial<Record<Focus, string>> = {
  groups: "in the list of groups",
  create: "in the form of a new group",
  overview: "in a group's first tab",
  members: "in the list of members",
  who: "in a group's third tab",
  requests: "in the list of calls",
  request: "in an open call",
  profiles: "in the list of profiles",
  profile: "in the form of a profile",
  jobs: "in the list of jobs",
  "mock.journal": "in the mock's journal",
  "mock.request": "in an open request of the journal",
  "mock.clock": "at the mock's clock",
  "mock.faults": "in the mock's faults",
  "mock.saved": "in the mock's snapshots",
  "mock.worlds": "in the mock's worlds",
  fault: "in the form of a fault",
};

/** What moves on a screen, and is no command in words. */
export const moves = [
  "up",
  "down",
  "page_up",
  "page_down",
  "first",
  "last",
  "next_field",
  "previous_field",
] as const satisfies readonly Action[];

// Who moves or leaves the palette does it with keys.
const silent: ReadonlySet<Action> = new Set<Action>(["palette", ...moves]);

interface Place {
  readonly action: Action;
  readonly title: string;
  readonly key: string;
  readonly in: readonly Focus[];
}

const knownPlaces = new WeakMap<Keymap, readonly Place[]>();

/** Everything that a key does on a screen, each action once. */
function placesOf(keymap: Keymap): readonly Place[] {
  const known = knownPlaces.get(keymap);
  if (known !== undefined) return known;
  const found = [...Map.groupBy(keymap, ({ action }) => action)].flatMap(([action, rows]) => {
    const focuses = rows.flatMap((row): readonly Focus[] => row.in).filter((focus) => focus in places);
    const [row] = rows;
    if (row === undefined || focuses.length === 0 || silent.has(action)) return [];
    return [{ action, title: row.help, key: row.keys[0] ?? "", in: focuses }];
  });
  knownPlaces.set(keymap, found);
  return found;
}

/** The state that a command of the palette acts on: the one behind it. */
export const behind = (state: State): State => ({ ...state, dialog: undefined });

function offersOf(state: State): readonly Offer[] {
  const focus = focusOf(state);
  const offers = placesOf(state.keymap).map(({ action, title, key, in: focuses }): Offer => {
    const here = focuses.includes(focus);
    const reason = here
      ? unavailable(state, action)
      : `Works ${focuses.map((each) => places[each] ?? "").join(", ")}.`;
    return { command: { kind: "action", action }, title, key, reason };
  });
  return offers.toSorted((a, b) => Number(a.reason !== undefined) - Number(b.reason !== undefined));
}

/** What the words themselves name: a gid to open, or flags to explain. */
function spoken(query: string): readonly Offer[] {
  const gid = /^\d{1,10}$/.test(query) ? Number(query) : undefined;
  const open: readonly Offer[] =
    gid === undefined
      ? []
      : [{ command: { kind: "open", gid }, title: `open group ${gid}`, key: "", reason: undefined }];
  const word = /^flags?\s+(.+)$/.exec(query)?.[1] ?? (query.startsWith("0") ? query : undefined);
  const parsed = word === undefined ? undefined : parseFlags(word);
  if (parsed?.ok !== true) return open;
  const { flags } = parsed;
  return [
    ...open,
    {
      command: { kind: "explain", flags },
      title: `explain the flags ${word ?? ""}`,
      key: "",
      reason: undefined,
    },
  ];
}

const matches = ({ title, command }: Offer, words: readonly string[]): boolean => {
  const text =
    `${title} ${command.kind === "action" ? command.action.replaceAll("_", " ") : ""}`.toLowerCase();
  return words.every((word) => text.includes(word));
};

/** What the palette offers for what is typed into it: what works first. */
export function offers(state: State, { query }: PaletteDialog): readonly Offer[] {
  const text = query.text.trim().toLowerCase();
  const words = text.split(/\s+/).filter((word) => word !== "");
  return [...spoken(text), ...offersOf(behind(state)).filter((offer) => matches(offer, words))];
}

/** Flags in full, for a message: what they do, and where each bit is known from. */
export const flagText = (flags: GroupFlags): string =>
  [
    describeFlags(flags),
    "",
    ...explainFlags(flags).map(
      ({ bit, name, meaning, source, confidence }) =>
        `0x${bit.toString(16)} ${name ?? "no known name"}: ${meaning} (${source}; ${confidence})`,
    ),
    ...checkFlags(flags).map(({ message }) => message),
  ].join("\n");
