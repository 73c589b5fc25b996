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

const readers = { advance, fork, export: exported } satisfies Record<
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
      "The rows that are shown go into a new file in the working directory, as csv, json or ndjson. Which?",
  },
} as const satisfies Record<PromptDialog["of"], { readonly title: string; readonly about: string }>;
