import {
  withFlags,
  type FlagChanges,
  type GroupFlags,
  type GroupSettings,
  type ReceiveMode,
  type SendMode,
} from "@mesibo-groups/core";
import { fieldOf, numberIn } from "../form.ts";
import { shownIn, type ShownSettings } from "./shown.ts";

/** Who may send, in words. */
export const sendChoices = {
  members: "Every member",
  selected: "Selected members",
  anyone: "Anyone, members or not",
} as const satisfies Record<SendMode, string>;

/** Who receives, in words. */
export const receiveChoices = {
  members: "Every member",
  selected: "Selected members",
  in_turn: "One member, in turn",
} as const satisfies Record<ReceiveMode, string>;

const isKey = <T extends string>(choices: Readonly<Record<T, string>>, value: string): value is T =>
  Object.hasOwn(choices, value);

const changed = <T>(before: T, after: T): T | undefined => (before === after ? undefined : after);

/** The flags with what a form changes of those it showed; undefined where it changes none. */
function flagsIn(
  form: URLSearchParams,
  { shown: before, present }: { readonly shown: GroupFlags; readonly present: GroupFlags },
): GroupFlags | undefined {
  const send = fieldOf(form, "send");
  const receive = fieldOf(form, "receive");
  const changes: FlagChanges = {
    send: isKey(sendChoices, send) ? changed(before.send, send) : undefined,
    receive: isKey(receiveChoices, receive) ? changed(before.receive, receive) : undefined,
    store: changed(before.store, form.has("store")),
    loopback: changed(before.loopback, form.has("loopback")),
  };
  return Object.values(changes).every((change) => change === undefined)
    ? undefined
    : withFlags(present, changes);
}

/** What comes back of a text that a line of a form shows: a browser drops ends of lines, and mends what is no text. */
const asLine = (text: string): string =>
  text
    .replaceAll(/[\r\n]/g, "")
    .replaceAll("\0", "\ufffd")
    .toWellFormed();

/**
 * The settings that a form changes. What it leaves as it was shown is not sent, so that a name which no line can
 * show survives, and so do bits which no field stands for and what others have changed meanwhile.
 */
export function settingsIn(form: URLSearchParams, present: ShownSettings): GroupSettings {
  const before = shownIn(form, present);
  const name = fieldOf(form, "name");
  return {
    name: name === asLine(before.name) ? undefined : name,
    flags: flagsIn(form, { shown: before.flags, present: present.flags }),
    expiry: numberIn(form, "expiry"),
    expiryext: changed(before.expiryext, numberIn(form, "expiryext") ?? 0),
    active: changed(before.active, form.has("active")),
    pinned: changed(before.pinned, form.has("pinned")),
  };
}
