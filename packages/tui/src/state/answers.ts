import type { Gid, MembersReport, RoutedMember } from "@mesibo-groups/core";
import { keyOf } from "../keys/keymap.ts";
import { listed } from "../text/words.ts";
import { groupScreen } from "./actions/groups.ts";
import { withMembers } from "./actions/members.ts";
import { bulkEnded, failuresSaved, fileRead } from "./bulk-answers.ts";
import { deletionsEnded } from "./deletions.ts";
import { isMutation, type Effect, type MembersEffect } from "./effects.ts";
import type { Failure, ServerAnswer } from "./events.ts";
import { atDesk } from "./desk.ts";
import { failureWords } from "./failure-words.ts";
import { editedSent } from "./edited-answers.ts";
import { emptyForm } from "./form.ts";
import { endOf, withJobEnded, withLookup } from "./jobs.ts";
import { joined, withRoster } from "./joined.ts";
import { askAgain } from "./key-here.ts";
import { withListedMarks } from "./listed-marks.ts";
import type { Data, State } from "./model.ts";
import type { Screen } from "./screen.ts";
import { noticed, popped, pushed, step, withScreen, type Step } from "./step.ts";
import { withReversal } from "./undo.ts";

/** Groups whose members are listed for the columns of the group list; the others show none until opened. */
const MAX_ROSTERS = 50;

type AnswerOf<Kind extends ServerAnswer["kind"]> = Extract<ServerAnswer, { kind: Kind }>;

function groupsListed(state: State, { groups, total, at }: AnswerOf<"groups_listed">): Step {
  const data = { ...state.data, groups: { groups, total, asOf: at, stale: false } };
  const gids = groups.map(({ gid }) => gid).filter((gid) => !data.rosters.has(gid));
  const next = { ...state, data };
  return gids.length === 0
    ? step(next)
    : step(next, { kind: "list_members", gids: gids.slice(0, MAX_ROSTERS) });
}

function membersListed(before: State, answer: AnswerOf<"members_listed">): Step {
  const { gid, members, complete, at } = answer;
  const state = withLookup(before, answer);
  const rosters = new Map(state.data.rosters).set(gid, { members, complete, doubtful: new Set(), asOf: at });
  return step({ ...state, data: { ...state.data, rosters } });
}

function groupCreated(state: State, { effect: { name }, gid }: AnswerOf<"group_created">): Step {
  const opened = state.screen.kind === "create" ? pushed(popped(state), groupScreen(gid, "members")) : state;
  const rosters = new Map(state.data.rosters).set(gid, {
    members: [],
    complete: true,
    doubtful: new Set(),
    asOf: 0,
  });
  const text = `Group ${gid} "${name}" is made. Press ${keyOf(state.keymap, { action: "add_members", focus: "members" })} to add members.`;
  return step(noticed({ ...opened, data: { ...state.data, rosters } }, "done", text), {
    kind: "list_groups",
  });
}

function groupEdited(state: State, { effect }: AnswerOf<"group_edited">): Step {
  const { gid, name, flags, expiry, active } = effect;
  const { groups } = state.data;
  const edited = groups && {
    ...groups,
    groups: groups.groups.map((group) =>
      group.gid === gid
        ? {
            ...group,
            name: name ?? group.name,
            flags: flags ?? group.flags,
            expiry: expiry ?? group.expiry,
            active: active ?? group.active,
          }
        : group,
    ),
  };
  const { screen } = state;
  const next =
    screen.kind === "group" && screen.gid === gid
      ? withScreen(state, { ...screen, form: emptyForm(screen.form.field) })
      : state;
  const data = { ...state.data, groups: edited };
  return step(noticed({ ...next, data }, "done", `Group ${gid} is written.`), { kind: "list_groups" });
}

const isAbout = (screen: Screen, gid: Gid): boolean => screen.kind === "group" && screen.gid === gid;

const isDeleting = ({ jobs }: State): boolean =>
  jobs.some(({ effect, outcome }) => effect.kind === "delete_group" && outcome === "running");

function groupDeleted(state: State, { effect }: AnswerOf<"group_deleted">): Step {
  const { gid } = effect;
  const { groups } = state.data;
  const rosters = new Map(state.data.rosters);
  rosters.delete(gid);
  const left = groups && {
    ...groups,
    groups: groups.groups.filter((group) => group.gid !== gid),
    total: groups.total - 1,
  };
  const back = isAbout(state.screen, gid) ? popped(state) : state;
  const next = { ...back, data: { groups: left, rosters } };
  const { outcome, text } = deletionsEnded(state, effect) ?? {
    outcome: "done",
    text: `Group ${gid} is deleted.`,
  };
  const told = noticed(next, outcome, text);
  // A list that was asked for between two deletions would show groups that are gone when it comes.
  return isDeleting(state) ? step(told) : step(told, { kind: "list_groups" });
}

/** The members after an edit, as far as it is known what became of it. */
function applied(
  members: readonly RoutedMember[],
  effect: MembersEffect,
  { done, unknown }: MembersReport,
): readonly RoutedMember[] {
  const sure = new Set(done);
  if (effect.kind === "remove_members") return members.filter(({ address }) => !sure.has(address));
  if (effect.kind === "add_members")
    return joined(
      members,
      done.map((address) => ({ address, permissions: effect.permissions })),
    );
  // The change was shown ahead of the answer. Where it was not done, the row goes back.
  const kept = new Set([...done, ...unknown.map(({ address }) => address)]);
  const back = effect.before.filter(({ address }) => !kept.has(address));
  const known = new Set(members.map(({ address }) => address));
  return back.length === 0
    ? members
    : joined(
        members,
        back.filter(({ address }) => known.has(address)),
      );
}

function withDoubts(data: Data, gid: Gid, { unknown }: MembersReport): Data {
  if (unknown.length === 0) return data;
  return withRoster(data, gid, (roster) => ({
    ...roster,
    doubtful: new Set([...roster.doubtful, ...unknown.map(({ address }) => address)]),
  }));
}

const doneWords = {
  add_members: "in the group again",
  set_permissions: "changed",
  remove_members: "removed",
} satisfies Record<MembersEffect["kind"], string>;

function membersEdited(state: State, { effect, outcome }: AnswerOf<"members_edited">): Step {
  const { report, failure } = outcome;
  const { gid } = effect;
  const edited = withMembers(state.data, gid, (members) => applied(members, effect, report));
  const data = withDoubts(edited, gid, report);
  const editing = state.editing.filter((other) => other !== effect);
  const next = { ...state, data, editing };

  if (failure === undefined) {
    const text = `${listed(report.done)}: ${doneWords[effect.kind]}.`;
    return step(noticed(next, "done", text));
  }
  // Something else may have changed meanwhile, or an unknown edit may have happened: ask what is there.
  return step(noticed(next, failure.outcome, failure.text), { kind: "list_members", gids: [gid] });
}

/** What to look at after a failure: what the screen shows may no longer be so. */
function lookAgain(effect: Effect, { outcome }: Failure): readonly Effect[] {
  if (outcome !== "unknown" || effect.kind === "list_groups" || effect.kind === "list_members") return [];
  return [{ kind: "list_groups" }];
}

const isListed =
  ({ data, screen }: State) =>
  (gid: Gid): boolean =>
    isAbout(screen, gid) || data.groups?.groups.some((group) => group.gid === gid) !== false;

function failed(state: State, { effect, failure }: AnswerOf<"failed">): Step {
  if (effect.kind === "ask_edited" || effect.kind === "send_edited")
    return editedSent(state, effect, failure);
  const { screen, data } = state;
  // Deleted while its members were asked for: that it is not there is no news.
  if (effect.kind === "list_members" && failure.outcome === "refused" && !effect.gids.some(isListed(state)))
    return step(state);
  const unlocked =
    effect.kind === "create_group" && screen.kind === "create"
      ? withScreen(state, { ...screen, sending: false })
      : state;
  const groups = effect.kind === "list_groups" && data.groups ? { ...data.groups, stale: true } : data.groups;
  const next = { ...unlocked, data: { ...data, groups } };
  const together = isMutation(effect) ? deletionsEnded(state, effect) : undefined;
  const { outcome, text } = together ?? { outcome: failure.outcome, text: failureWords(state, failure) };
  return step(noticed(next, outcome, text), ...lookAgain(effect, failure));
}

function readingStopped({ data, ...rest }: State, { effect }: AnswerOf<"reading_stopped">): State {
  const groups = effect.kind === "list_groups" && data.groups ? { ...data.groups, stale: true } : data.groups;
  const next = { ...rest, data: { ...data, groups } };
  return noticed(next, "info", `Stopped listing. ${askAgain(next)}`);
}

/** The step after the server's answer to an effect. */
export function answered(before: State, answer: ServerAnswer): Step {
  const { state, effects } = settled(before, answer);
  const failure = endOf(answer)?.failure;
  const halted = failure?.disabled === true ? failure.text : state.halted;
  const listed = state.data === before.data ? state : withListedMarks(state);
  return { state: { ...listed, halted }, effects };
}

function settled(before: State, answer: ServerAnswer): Step {
  const state = withReversal(withJobEnded(before, answer), answer);
  switch (answer.kind) {
    case "groups_listed":
      return groupsListed(state, answer);
    case "members_listed":
      return membersListed(state, answer);
    case "group_created":
      return groupCreated(state, answer);
    case "group_edited":
      return groupEdited(state, answer);
    case "group_deleted":
      return groupDeleted(state, answer);
    case "members_edited":
      return membersEdited(state, answer);
    case "bulk_ended":
      return bulkEnded(state, answer);
    case "file_read":
      return fileRead(state, answer);
    case "failures_saved":
      return failuresSaved(state, answer);
    case "reading_stopped":
      return step(readingStopped(state, answer));
    case "edited_sent":
      return editedSent(state, answer.effect, undefined);
    case "failed":
      return failed(state, answer);
    case "copied":
    case "not_copied":
    case "exported":
    case "not_exported":
    case "handed_over":
    case "not_handed_over":
      return step(atDesk(state, answer));
  }
}
