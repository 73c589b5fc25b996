import { callText } from "../../state/call-text.ts";
import { newGroup } from "../../state/form.ts";
import { jobRows } from "../../state/job-rows.ts";
import { countWords, rowOutcome, whatRow } from "../../state/job-words.ts";
import { keeperOf } from "../../state/keeper.ts";
import { cursorIn } from "../../state/list.ts";
import type { State } from "../../state/model.ts";
import { shownCalls } from "../../state/rows.ts";
import type { CreateScreen, JobsScreen, RequestsScreen } from "../../state/screen.ts";
import { clockTime, plural } from "../../text/words.ts";
import { pointAt, type Page } from "../page.ts";
import { flagSentences, formItems } from "./form.ts";
import { groupPage } from "./group.ts";
import { groupsPage } from "./groups.ts";
import { filterWords } from "./list-words.ts";
import { faultPage, mockPage } from "./mock.ts";
import { profilePage, profilesPage } from "./profiles.ts";

function createPage({ form, sending }: CreateScreen): Page {
  return {
    title: "New group",
    lines: [
      ...(sending ? ["It was sent."] : []),
      ...flagSentences(form, newGroup),
      "A number changes a field.",
    ],
    items: formItems(form, newGroup, true),
  };
}

function requestsPage(state: State, screen: RequestsScreen): Page {
  const calls = shownCalls(state, screen);
  const open = calls[cursorIn(screen.list, calls.length)];
  const about = screen.gid === undefined ? "Calls" : `Calls about group ${screen.gid}`;
  if (screen.open !== undefined && open !== undefined) {
    return {
      title: `${about}, ${open.op}`,
      lines: callText(open, screen.format ?? "curl").split("\n"),
      items: [],
    };
  }
  return {
    title: about,
    lines: [
      calls.length === 0 ? "No calls yet." : `${plural(calls.length, "call")}, newest first.`,
      ...filterWords(screen.list),
    ],
    items: calls.map(({ startedAt, op, outcome, durationMs }, row) => ({
      text: `${clockTime(startedAt)}, ${op}: ${outcome.replace("_", " ")}, ${plural(durationMs, "millisecond")}`,
      choice: pointAt(row, "open"),
    })),
  };
}

function jobsPage(state: State, { list }: JobsScreen): Page {
  const rows = jobRows(state);
  if (rows.length === 0 && keeperOf(state.connection) === undefined)
    return { title: "Jobs", lines: ["No change was sent yet."], items: [] };
  const nameOf = (row: (typeof rows)[number]): string =>
    row.kind === "job" ? `Job ${row.job.id}` : `Operation ${row.operation.id}`;
  const here = rows[cursorIn(list, rows.length)];
  return {
    title: "Jobs",
    lines: [
      `${countWords(state)}.`,
      ...(here === undefined ? [] : [`${nameOf(here)} is chosen; a number chooses another one.`]),
    ],
    items: rows.map((row, index) => ({
      text: `${nameOf(row)}: ${whatRow(row)}; ${rowOutcome(row)}`,
      choice: pointAt(index),
    })),
  };
}

/** The screen in front, in sentences. A screen without a page does not compile. */
export function screenPage(state: State): Page {
  const { screen } = state;
  switch (screen.kind) {
    case "groups":
      return groupsPage(state, screen);
    case "create":
      return createPage(screen);
    case "group":
      return groupPage(state, screen);
    case "requests":
      return requestsPage(state, screen);
    case "jobs":
      return jobsPage(state, screen);
    case "profiles":
      return profilesPage(state, screen);
    case "profile":
      return profilePage(screen);
    case "mock":
      return mockPage(state, screen);
    case "fault":
      return faultPage(screen);
  }
}
