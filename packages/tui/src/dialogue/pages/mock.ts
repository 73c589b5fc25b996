import {
  faultDraft,
  faultFields,
  faultLabel,
  isFaultText,
  type FaultField,
  type FaultForm,
} from "../../state/fault-form.ts";
import { aboutFault, ruleChance, ruleOps, ruleWords } from "../../state/fault-words.ts";
import { cursorIn } from "../../state/list.ts";
import { requestInFocus, savedInFocus, shownRequests, type MockScreen } from "../../state/mock.ts";
import {
  clockSentences,
  endingGroups,
  identitySentences,
  mockTitles,
  requestText,
} from "../../state/mock-words.ts";
import type { State } from "../../state/model.ts";
import type { FaultScreen } from "../../state/screen.ts";
import { clockTime, dateTime, plural } from "../../text/words.ts";
import { wordFor } from "../commands.ts";
import { acts, fieldsOn, pointAt, typeOver, type Choice, type Page } from "../page.ts";
import { filterWords } from "./list-words.ts";

type Parts = Pick<Page, "lines" | "items">;

function journalPart(state: State, screen: MockScreen): Parts {
  const rows = shownRequests(state, screen);
  return {
    lines: [
      rows.length === 0 ? "No requests." : `${plural(rows.length, "request")}, newest first.`,
      ...filterWords(screen.lists.journal),
    ],
    items: rows.map(({ n, at, result, explanation }, row) => ({
      text: `Request ${n}, ${clockTime(Date.parse(at))}, ${result}: ${explanation.summary}`,
      choice: pointAt(row, "open"),
    })),
  };
}

const clockPart = ({ mock }: State): Parts => ({
  lines: [...clockSentences(mock), ...endingGroups(mock).map((text) => `${text}.`)],
  items: [],
});

function faultsPart(state: State, { lists }: MockScreen): Parts {
  const { mock } = state;
  const { seed = 0, rules = [] } = mock.reading?.faults ?? {};
  const here = cursorIn(lists.faults, rules.length) + 1;
  return {
    lines:
      rules.length === 0
        ? [`Nothing is injected. Say ${wordFor(state, "new_fault")} to make a fault.`]
        : [`${plural(rules.length, "fault")}, seed ${seed}.`, `Fault ${here} is chosen; remove is about it.`],
    items: rules.map(({ rule, matched, fired }, row) => ({
      text: `${ruleWords(rule)}, for ${ruleOps(rule)}, ${ruleChance(rule)}; met ${plural(matched, "call")}, fired ${plural(fired, "time")}`,
      choice: pointAt(row),
    })),
  };
}

function savedPart(state: State): Parts {
  const { saved } = state.mock;
  const here = savedInFocus(state);
  return {
    lines:
      here === undefined
        ? [`No snapshot yet. Say ${wordFor(state, "save_world")} to take one.`]
        : [`${plural(saved.length, "snapshot")}. Compare, restore and write are about ${here.name}.`],
    items: saved.map(({ name, at, users, groups }, row) => ({
      text: `${name}, taken ${clockTime(at)}; ${plural(users, "user")}, ${plural(groups, "group")}`,
      choice: pointAt(row),
    })),
  };
}

function worldsPart({ mock }: State): Parts {
  const own = mock.reading?.world.id;
  return {
    lines: identitySentences(mock),
    items: (mock.reading?.worlds ?? []).map(({ id, token, users, groups, requests, now }, row) => ({
      text: `World ${id}${id === own ? ", this one" : ""}; app token ${token}; ${plural(users, "user")}, ${plural(groups, "group")}, ${plural(requests, "request")}; its time is ${dateTime(now * 1000)}`,
      choice: pointAt(row),
    })),
  };
}

function partsOf(state: State, screen: MockScreen): Parts {
  switch (screen.tab) {
    case "journal":
      return journalPart(state, screen);
    case "clock":
      return clockPart(state);
    case "faults":
      return faultsPart(state, screen);
    case "saved":
      return savedPart(state);
    case "worlds":
      return worldsPart(state);
  }
}

/** The mock, tab by tab. */
export function mockPage(state: State, screen: MockScreen): Page {
  const title = `Mock, ${mockTitles[screen.tab].toLowerCase()}`;
  const { reading, fault } = state.mock;
  if (reading === undefined || fault !== undefined) {
    const unread = `The mock has not answered yet. ${wordFor(state, "refresh")} asks it.`;
    return { title, lines: [fault ?? unread], items: [] };
  }
  const entry = requestInFocus(state);
  if (screen.open !== undefined && entry !== undefined)
    return { title: `Mock, request ${entry.n}`, lines: requestText(entry, screen).split("\n"), items: [] };
  return { title, ...partsOf(state, screen) };
}

function valueWords(field: FaultField, form: FaultForm): string {
  if (isFaultText(field)) return form.texts[field].text === "" ? "empty" : form.texts[field].text;
  switch (field) {
    case "op":
    case "effect":
      return form[field];
    case "close_when":
      return form.closeWhen;
    case "applied":
      return form.applied ? "yes" : "no";
    case "inject":
      return "";
  }
}

function choiceOf(form: FaultForm, field: FaultField): Choice {
  const fields = faultFields(form);
  const steps = (fields.indexOf(field) - fields.indexOf(form.field) + fields.length) % fields.length;
  const way = fieldsOn(steps);
  if (field === "inject") return { kind: "events", events: acts(...way, "activate") };
  if (!isFaultText(field)) return { kind: "events", events: acts(...way, "next_choice") };
  const question = `${faultLabel(field)}? ${aboutFault(field)} An empty line leaves it.`;
  return { kind: "ask", question, answer: (text) => [...acts(...way), ...typeOver(text)] };
}

/** The form of a fault to inject. */
export function faultPage({ form }: FaultScreen): Page {
  const draft = faultDraft(form);
  return {
    title: "New fault",
    lines: [aboutFault(form.field), ...(draft.ok ? [] : [`Not yet: ${draft.fault}`])],
    items: faultFields(form).map((field) => ({
      text: field === "inject" ? "Inject the fault" : `${faultLabel(field)}: ${valueWords(field, form)}`,
      choice: choiceOf(form, field),
    })),
  };
}
