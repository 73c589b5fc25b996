import { permissionNames } from "@mesibo-groups/core";
import { bulkInFront } from "../../state/bulk-job.ts";
import { jobTitle } from "../../state/jobs.ts";
import { previewOf } from "../../state/list-preview.ts";
import type { State } from "../../state/model.ts";
import type {
  BulkDialog,
  ConfirmDialog,
  ConflictDialog,
  Dialog,
  DraftDialog,
  MessageDialog,
  NoticeDialog,
  PaletteDialog,
  PromptDialog,
  ResultDialog,
} from "../../state/dialogs.ts";
import { draftTitle } from "../../state/edited-call.ts";
import { offers } from "../../state/palette.ts";
import { promptWords } from "../../state/prompt.ts";
import { previewCounts, previewParagraphs } from "../../state/preview-words.ts";
import { bulkSummary, resultParagraphs } from "../../state/result-words.ts";
import { acts, choose, keys, typeOver, type Ask, type Page } from "../page.ts";

/** A question that only y answers with yes. */
const yesOrNo = (question: string): Ask => ({
  kind: "ask",
  question,
  empty: keys("esc"),
  answer: (text) => keys(/^y(?:es)?$/i.test(text.trim()) ? "y" : "esc"),
});

function confirmPage({ title, lines, verb, phrase, typed }: ConfirmDialog): Page {
  const ask: Ask =
    phrase === undefined || typed.text === phrase
      ? yesOrNo(`Say y to ${verb}. Anything else cancels.`)
      : {
          kind: "ask",
          question: `Type ${phrase} to go on. An empty line cancels.`,
          empty: keys("esc"),
          answer: typeOver,
        };
  const other = phrase !== undefined && typed.text !== "" && typed.text !== phrase;
  return { title, lines: other ? [...lines, `${typed.text} is not ${phrase}.`] : lines, items: [], ask };
}

const conflictPage = ({ messages, settled }: ConflictDialog): Page => ({
  title: "The flags contradict themselves",
  lines: messages,
  items: [
    { text: "Write both bits as they are", choice: choose("keep_bits") },
    {
      text: `Keep what we read: sends ${settled.send}, receives ${settled.receive.replace("_", " ")}`,
      choice: choose("clear_bits"),
    },
    { text: "Cancel; nothing is written", choice: choose("cancel") },
  ],
});

const draftPage = ({ faults }: DraftDialog): Page => ({
  title: draftTitle(faults),
  lines: faults,
  items: [
    { text: "Edit it again", choice: choose("edit_again") },
    { text: "Drop it", choice: choose("cancel") },
  ],
});

function bulkPage(state: State, dialog: BulkDialog): Page {
  const { gid, list, fault, permissions } = dialog;
  const title = `Add members to group ${gid}`;
  const preview = previewOf(state, dialog);
  if (list === undefined || preview === undefined) {
    return {
      title,
      lines: fault === undefined ? [] : [fault],
      items: [],
      ask: {
        kind: "ask",
        question:
          "Addresses, one or more to a line, or CSV with a header such as address,send,receive; or @ and the path of a file. An empty line ends the list; at once it cancels.",
        many: true,
        empty: keys("esc"),
        answer: (text) => [...typeOver(text), ...acts("preview")],
      },
    };
  }
  const on = permissionNames.filter((name) => permissions[name]);
  return {
    title: `${title}, look it over`,
    lines: [
      `${previewCounts(preview)}.`,
      `They get: ${on.length === 0 ? "no permission" : on.join(", ")}.`,
      ...previewParagraphs(list, preview).map((line) => line.trim()),
    ],
    items: [
      { text: "Add them", choice: choose("add_now") },
      ...permissionNames.map((name) => ({
        text: `${permissions[name] ? "Do not give" : "Give"} them ${name}`,
        choice: choose(`toggle_${name}`),
      })),
      { text: "Back to typing", choice: choose("cancel") },
    ],
  };
}

function resultPage(state: State, { note }: ResultDialog): Page {
  const bulk = bulkInFront(state);
  const job = state.jobs.find(({ id }) => id === bulk?.id);
  if (bulk === undefined || job === undefined)
    return { title: "This job is forgotten", lines: [], items: [] };
  return {
    title: `Job ${job.id}: ${jobTitle(bulk.effect)}`,
    lines: [
      bulkSummary(job, bulk.result),
      ...(note === undefined ? [] : [note]),
      ...resultParagraphs(bulk.result).map((line) => line.trim()),
    ],
    items: [],
  };
}

const noticePage = ({ connection }: State, { text }: NoticeDialog): Page => ({
  title: `Before ${connection.name} is asked anything`,
  lines: [text],
  items: [],
  ask: yesOrNo("Say y to connect. Anything else leaves without a call."),
});

const messagePage = ({ title, text }: MessageDialog): Page => ({
  title,
  lines: text.split("\n"),
  items: [],
});

const palettePage = (state: State, dialog: PaletteDialog): Page => ({
  title: "Commands",
  lines: [],
  items: offers(state, dialog).map(({ title, reason }, row) => ({
    text: reason === undefined ? title : `${title}. Not now: ${reason}`,
    choice: choose(...Array.from({ length: row }, () => "down" as const), "run_command"),
  })),
});

function promptPage({ of }: PromptDialog): Page {
  const { title, about } = promptWords[of];
  const ask: Ask = {
    kind: "ask",
    question: `${about} An empty line cancels.`,
    empty: keys("esc"),
    answer: (text) => [...typeOver(text), ...acts("answer_prompt")],
  };
  return { title, lines: [], items: [], ask };
}

/** The dialog in front, in sentences. A dialog without a page does not compile. */
export function dialogPage(state: State, dialog: Dialog): Page {
  switch (dialog.kind) {
    case "confirm":
      return confirmPage(dialog);
    case "conflict":
      return conflictPage(dialog);
    case "draft":
      return draftPage(dialog);
    case "bulk":
      return bulkPage(state, dialog);
    case "result":
      return resultPage(state, dialog);
    case "message":
      return messagePage(dialog);
    case "notice":
      return noticePage(state, dialog);
    case "palette":
      return palettePage(state, dialog);
    case "prompt":
      return promptPage(dialog);
  }
}
