import { route } from "@mesibo-groups/core";
import { stoppableHere } from "../bulk-job.ts";
import { isMembersEffect, isMutation, type Effect } from "../effects.ts";
import { emptyForm, isChanged } from "../form.ts";
import { openedHelp } from "../help.ts";
import { listKept } from "../keeper.ts";
import { keyHere } from "../key-here.ts";
import { emptyList, unfiltered } from "../list.ts";
import { clearMarks, marksInFront, turnRange } from "../marks.ts";
import { groupOf, membersOf, type State } from "../model.ts";
import type { Dialog } from "../dialogs.ts";
import { isProfileChanged } from "../profile-form.ts";
import { openList } from "../rows.ts";
import { tabs, type Tab } from "../screen.ts";
import { noticed, popped, pushed, step, withDialog, withScreen } from "../step.ts";
import { reasons, senderOf, whoName, whoRow } from "../who.ts";
import { droppable } from "../waiting.ts";
import { stopJob } from "./bulk.ts";
import type { Handler } from "./handler.ts";
import { withMarks } from "./marks.ts";
import { shownAhead } from "./members.ts";
import { lookAtMock, turnMockTab } from "./mock.ts";

const toTab =
  (tab: Tab): Handler =>
  (state) =>
    step(state.screen.kind === "group" ? withScreen(state, { ...state.screen, tab }) : state);

const turnTab =
  (by: 1 | -1): Handler =>
  (state) => {
    if (state.screen.kind === "mock") return step(withScreen(state, turnMockTab(state.screen, by)));
    if (state.screen.kind !== "group") return step(state);
    const next = tabs[(tabs.indexOf(state.screen.tab) + by + tabs.length) % tabs.length];
    return toTab(next ?? state.screen.tab)(state);
  };

function refreshed(state: State): readonly Effect[] {
  const { screen } = state;
  if (screen.kind === "requests") return [];
  if (screen.kind === "mock" || screen.kind === "fault") return [lookAtMock(state)];
  if (screen.kind === "profiles" || screen.kind === "profile") return [{ kind: "list_profiles" }];
  if (screen.kind === "jobs") return [{ kind: "list_groups" }, ...listKept(state.connection)];
  if (screen.kind === "group") return [{ kind: "list_groups" }, { kind: "list_members", gids: [screen.gid] }];
  return [{ kind: "list_groups" }, { kind: "list_members", gids: [...state.data.rosters.keys()] }];
}

/** What `esc` undoes on a screen before it leaves it, or undefined where there is nothing. */
function undone(state: State): State | undefined {
  const { screen } = state;
  if (screen.kind === "mock" && screen.open !== undefined)
    return withScreen(state, { ...screen, open: undefined });
  if (screen.kind === "requests" && screen.open !== undefined)
    return withScreen(state, { ...screen, open: undefined });
  if (screen.kind === "group" && screen.tab === "overview" && isChanged(screen.form)) {
    return noticed(
      withScreen(state, { ...screen, form: emptyForm("send") }),
      "info",
      "Changes discarded; nothing was written.",
    );
  }
  const { range, marked } = marksInFront(screen);
  if (range !== undefined) return withMarks(state, turnRange);
  if (marked.size > 0) return withMarks(state, clearMarks);
  const open = openList(state);
  return open === undefined || open.list.filter.text === ""
    ? undefined
    : open.withList(unfiltered(open.list));
}

function cancelled(dialog: Dialog | undefined): Dialog | undefined {
  if (dialog?.kind === "confirm") return dialog.over ?? dialog.back;
  return dialog?.kind === "bulk" && dialog.list !== undefined ? { ...dialog, list: undefined } : undefined;
}

/** Screens, tabs, help and leaving. */
export const screenActions = {
  tab_overview: toTab("overview"),
  tab_members: toTab("members"),
  tab_who: toTab("who"),
  next_tab: turnTab(1),
  previous_tab: turnTab(-1),
  show_calls: (state) =>
    step(pushed(state, { kind: "requests", gid: undefined, list: emptyList, open: undefined })),
  group_calls: (state) => {
    const gid = state.screen.kind === "group" ? state.screen.gid : undefined;
    return step(pushed(state, { kind: "requests", gid, list: emptyList, open: undefined }));
  },
  next_turn: (state) => {
    const { screen } = state;
    const group = screen.kind === "group" ? groupOf(state, screen.gid) : undefined;
    if (screen.kind !== "group" || group === undefined) return step(state);
    const sender = senderOf(whoRow(state, screen));
    const { cursor } = route({ group, members: membersOf(state, screen.gid), sender, cursor: screen.turn });
    return step(withScreen(state, { ...screen, turn: cursor }));
  },
  explain: (state) => {
    const { screen } = state;
    const group = screen.kind === "group" ? groupOf(state, screen.gid) : undefined;
    if (screen.kind !== "group" || group === undefined) return step(state);
    const lines = reasons({ state, screen, group }).map(({ label, text }) =>
      label === "" ? text : `${label}: ${text}`,
    );
    const title = `Who gets a message of ${whoName(whoRow(state, screen))}`;
    return step(withDialog(state, { kind: "message", title, text: lines.join("\n"), top: 0 }));
  },
  refresh: (state) => step({ ...state, notice: undefined }, ...refreshed(state)),
  show_notice: ({ notice, ...rest }) => {
    const state = { notice, ...rest };
    if (notice === undefined) return step(state);
    return step(
      withDialog(state, { kind: "message", title: "The last message in full", text: notice.text, top: 0 }),
    );
  },
  help: (state) => step({ ...state, help: openedHelp }),
  close_help: (state) => step({ ...state, help: undefined }),
  confirm: (state) => {
    const { dialog } = state;
    if (dialog?.kind !== "confirm") return step(state);
    const { effects, repeats, takes } = dialog;
    const jobs = state.jobs.map((job) =>
      job.id === repeats ? { ...job, resolution: "repeated" as const } : job,
    );
    const editing = [...state.editing, ...effects.filter(isMembersEffect)];
    const stacks = takes === undefined ? {} : { [takes]: state[takes].slice(0, -1) };
    const data = effects.filter(isMutation).reduce(shownAhead, state.data);
    const sending = effects.some(({ kind }) => kind === "create_group");
    const screen = state.screen.kind === "create" ? { ...state.screen, sending } : state.screen;
    return step({ ...withDialog(state, undefined), ...stacks, screen, data, jobs, editing }, ...effects);
  },
  cancel: (state) => step(withDialog(state, cancelled(state.dialog))),
  back: (state) => {
    const running = stoppableHere(state);
    if (running !== undefined) return stopJob(state, running);
    const reading = droppable(state);
    if (reading !== undefined) return step(state, { kind: "stop_reading", reading });
    const before = undone(state);
    const isDiscarded = state.screen.kind === "profile" && isProfileChanged(state.screen.form);
    const back = before ?? popped(state);
    return step(isDiscarded ? noticed(back, "info", "Changes discarded; nothing was saved.") : back);
  },
  quit: (state) => {
    const { screen } = state;
    if (screen.kind === "group" && isChanged(screen.form))
      return step(
        noticed(
          state,
          "info",
          `There are changes: ${keyHere(state, "write")} writes them, esc discards them.`,
        ),
      );
    if (screen.kind === "profile" && isProfileChanged(screen.form))
      return step(
        noticed(
          state,
          "info",
          `There are changes: ${keyHere(state, "save_profile")} saves them, esc discards them.`,
        ),
      );
    return step(state.below.length > 0 ? popped(state) : { ...state, quit: true });
  },
  quit_now: (state) => step({ ...state, quit: true }),
} as const satisfies Record<string, Handler>;
