import { callText } from "../../state/call-text.ts";
import { newGroup } from "../../state/form.ts";
import { jobOutcome, whatJob } from "../../state/job-words.ts";
import { isOpen } from "../../state/jobs.ts";
import { cursorIn } from "../../state/list.ts";
import type { CreateScreen, JobsScreen, RequestsScreen, State } from "../../state/model.ts";
import { shownCalls } from "../../state/rows.ts";
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
      choice: pointAt(row, "enter"),
    })),
  };
}

function jobsPage({ jobs }: State, { list }: JobsScreen): Page {
  if (jobs.length === 0) return { title: "Jobs", lines: ["No change was sent yet."], items: [] };
  const here = jobs[cursorIn(list, jobs.length)];
  const open = jobs.filter(isOpen).length;
  return {
    title: "Jobs",
    lines: [
      `${plural(jobs.length, "job")}, newest first${open === 0 ? "" : `; ${open} of unknown outcome`}.`,
      `Job ${here?.id ?? ""} is chosen; a number chooses another one.`,
    ],
    items: jobs.map((job, row) => ({
      text: `Job ${job.id}: ${whatJob(job)}; ${jobOutcome(job)}`,
      choice: pointAt(row),
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
