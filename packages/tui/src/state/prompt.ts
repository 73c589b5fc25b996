import { MAX_GID } from "@mesibo-groups/core";
import { parseDuration } from "../text/duration.ts";
import type { Effect } from "./effects.ts";
import { listFile, listFormats } from "./list-file.ts";
import type { State } from "./model.ts";
import type { PromptDialog } from "./dialogs.ts";

/** What an answer asks for, or why it cannot be taken. */
export type PromptAnswer =
  | { readonly ok: true; readonly effect: (state: State) => Effect | undefined }
  | { readonly ok: false; readonly fault: string };

function advance(text: string): PromptAnswer {
  const back = text.trimStart().startsWith("-");
  const seconds = parseDuration(text.trim().replace(/^[-+]/, ""));
  return seconds === undefined
    ? { ok: false, fault: "Type how far, such as 30d, 12h, 90 min or 3600; -1h goes back." }
    : {
        ok: true,
        effect: () => ({ kind: "change_clock", change: { advance_seconds: back ? -seconds : seconds } }),
      };
}

function fork(text: string): PromptAnswer {
  const to = text.trim();
  return /^[\u0021-\u007e]{1,256}$/.test(to)
    ? { ok: true, effect: () => ({ kind: "fork_world", to }) }
    : { ok: false, fault: "Type a token of 1 to 256 visible ASCII characters, without spaces." };
}

function exported(text: string): PromptAnswer {
  const format = listFormats.find((each) => each === text.trim().toLowerCase());
  return format === undefined
    ? { ok: false, fault: `Type ${listFormats.join(", ")}.` }
    : { ok: true, effect: (state) => listFile(state, format) };
}

function made(text: string): PromptAnswer {
  const gid = /^\d{1,10}$/.test(text.trim()) ? Number(text.trim()) : 0;
  if (gid < 1 || gid > MAX_GID)
    return { ok: false, fault: `Type a gid, a whole number from 1 to ${MAX_GID}.` };
  return {
    ok: true,
    effect: ({ dialog }) =>
      dialog?.kind === "prompt" && dialog.operation !== undefined
        ? { kind: "settle_operation", operation: dialog.operation, resolution: { outcome: "happened", gid } }
        : undefined,
  };
}

const readers = { advance, fork, export: exported, made } satisfies Record<
  PromptDialog["of"],
  (text: string) => PromptAnswer
>;

/** Reads the answer to a prompt. */
export const promptAnswer = ({ of, text }: PromptDialog): PromptAnswer => readers[of](text.text);

/** What a prompt asks for. */
export const promptWords = {
  advance: {
    title: "Advance the world's clock",
    about: "By how much: 30d, 12h, 90 min or 3600 seconds; -1h goes back. Groups whose time is over end.",
  },
  fork: {
    title: "Fork the world",
    about:
      "A copy goes behind another app token, in the place of what is there; both go on by themselves. Which token?",
  },
  export: {
    title: "Write the list into a file",
    about:
      "The marked rows, else all that are shown, go into a new file in the working directory, as csv, json or ndjson. Which?",
  },
  made: {
    title: "Which group was made?",
    about:
      "Its gid, as the list of groups has it. The gateway takes the group up, and knows from now on that the operation happened.",
  },
} as const satisfies Record<PromptDialog["of"], { readonly title: string; readonly about: string }>;
