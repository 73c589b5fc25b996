import type { PromptDialog } from "../dialogs.ts";
import { promptAnswer } from "../prompt.ts";
import { noticed, step, withDialog } from "../step.ts";
import { textField } from "../text-field.ts";
import type { Handler } from "./handler.ts";

const prompt =
  (of: PromptDialog["of"], text = ""): Handler =>
  (state) =>
    step(withDialog(state, { kind: "prompt", of, text: textField(text) }));

/** What asks for one text first. */
export const promptActions = {
  advance_clock: prompt("advance"),
  fork_world: prompt("fork"),
  export_list: prompt("export", "csv"),
  answer_prompt: (state) => {
    const { dialog } = state;
    if (dialog?.kind !== "prompt") return step(state);
    const answer = promptAnswer(dialog);
    if (!answer.ok) return step(noticed(state, "info", answer.fault));
    const effect = answer.effect(state);
    return step(withDialog(state, undefined), ...(effect === undefined ? [] : [effect]));
  },
} as const satisfies Record<string, Handler>;
