import type { Event } from "../state/update.ts";
import type { Ask, Choice } from "./page.ts";

/** A question that was asked, and the lines of its answer so far. */
export interface Questions {
  /** Does what was chosen, or asks its question first. */
  readonly choose: (choice: Choice) => void;
  /** The question that waits for its answer. */
  readonly open: () => Ask | undefined;
  /** Takes a line of the answer to a question. */
  readonly reply: (ask: Ask, line: string) => void;
  /** Forgets the question and what was answered so far. */
  readonly drop: () => void;
}

/** Keeps the question that is asked. */
export function createQuestions(happen: (events: readonly Event[]) => void): Questions {
  let open: Ask | undefined;
  let collected: readonly string[] = [];

  function drop(): void {
    open = undefined;
    collected = [];
  }

  return {
    choose: (choice) => {
      if (choice.kind === "events") happen(choice.events);
      else open = choice;
    },
    open: () => open,
    reply: ({ many = false, empty = [], answer }, line) => {
      if (many && line !== "") {
        collected = [...collected, line];
        return;
      }
      const text = many ? collected.join("\n") : line;
      drop();
      happen(text.trim() === "" ? empty : answer(text));
    },
    drop,
  };
}
