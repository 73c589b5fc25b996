import type { Group } from "@mesibo-groups/core";
import { listed, plural } from "../../text/words.ts";
import type { ConfirmDialog } from "../dialogs.ts";
import { membersOf, type State } from "../model.ts";
import { textField } from "../text-field.ts";

/** How many groups are named before they are deleted. */
const NAMED = 4;

function oneDialog(state: State, { gid, name }: Group): ConfirmDialog {
  const members = plural(membersOf(state, gid).length, "membership");
  return {
    kind: "confirm",
    title: `Delete group ${gid}?`,
    lines: [
      `${name === "" ? "The group without a name" : name} and its ${members} will be gone. There is no undo.`,
      "A group made anew gets another gid.",
    ],
    verb: "delete it",
    phrase: String(gid),
    typed: textField(),
    effects: [{ kind: "delete_group", gid }],
  };
}

function manyDialog(groups: readonly Group[]): ConfirmDialog {
  const count = plural(groups.length, "group");
  const named = groups.map(({ gid, name }) => `${gid} ${name === "" ? "without a name" : name}`);
  return {
    kind: "confirm",
    title: `Delete ${count}?`,
    lines: [
      `${listed(named, NAMED)}: they and their memberships will be gone. There is no undo.`,
      "Groups made anew get other gids.",
    ],
    verb: "delete them",
    // No gid stands for all of them.
    phrase: count,
    typed: textField(),
    effects: groups.map(({ gid }) => ({ kind: "delete_group", gid })),
  };
}

/** Asks before groups are deleted; undefined where there are none. */
export function deleteDialog(state: State, groups: readonly Group[]): ConfirmDialog | undefined {
  const [first, ...more] = groups;
  if (first === undefined) return undefined;
  return more.length === 0 ? oneDialog(state, first) : manyDialog(groups);
}
