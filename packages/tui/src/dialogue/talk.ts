import type { Program } from "../program.ts";
import type { Event } from "../state/update.ts";
import { sanitize } from "../text/sanitize.ts";
import { plural } from "../text/words.ts";
import { describe } from "./describe.ts";
import { createNarrator, type Say } from "./narrator.ts";
import { createObedience } from "./obey.ts";
import { keys } from "./page.ts";
import { createQuestions } from "./questions.ts";

/** What a conversation is made of. */
export interface TalkOptions {
  readonly program: Program;
  /** Says one line. Called with text that is safe to print. */
  readonly say: (line: string) => void;
}

/** A conversation about the application: answers go in, sentences come out. */
export interface Talk {
  /** Takes one line. */
  readonly answer: (line: string) => void;
  /** Takes a ctrl+c. */
  readonly interrupt: () => void;
  /** Says what is new. */
  readonly announce: () => void;
  /** Whether the conversation is over. */
  readonly ended: () => boolean;
}

/** Leaves, and asks once more where an answer is on its way. */
function createQuit(program: Program, say: Say) {
  let warned = false;
  return {
    quit: () => {
      const running = program.state().jobs.filter(({ outcome }) => outcome === "running").length;
      if (running > 0 && !warned) {
        say(`${plural(running, "change")} on the way. Say quit again to leave without the answer.`);
        warned = true;
        return;
      }
      program.dispatch({ kind: "left" });
    },
    /** Something else was said. */
    stay: () => {
      warned = false;
    },
  };
}

/** Begins a conversation. */
export function createTalk({ program, say: print }: TalkOptions): Talk {
  const say: Say = (...lines) => {
    for (const line of lines) if (line !== "") print(sanitize(line));
  };
  const happen = (events: readonly Event[]): void => {
    for (const event of events) program.dispatch(event);
  };
  const narrator = createNarrator(program, say);
  const questions = createQuestions(happen);
  const { menu, forget, obey } = createObedience({ program, say, happen, choose: questions.choose });
  const { quit, stay } = createQuit(program, say);

  /** Answers that mean the same everywhere. */
  const everywhere: Readonly<Record<string, () => void>> = {
    "": narrator.list,
    list: narrator.list,
    more: narrator.more,
    "?": menu,
    help: menu,
    menu,
    back: () => happen(keys("esc")),
    quit,
    exit: quit,
    "!": narrator.message,
  };

  return {
    answer: (line) => {
      const ask = questions.open() ?? describe(program.state()).ask;
      if (ask !== undefined) {
        questions.reply(ask, line);
        return;
      }
      const text = line.trim();
      const word = text.toLowerCase();
      const own = Object.hasOwn(everywhere, word) ? everywhere[word] : undefined;
      if (own !== quit) stay();
      if (own === undefined) {
        obey(text);
        return;
      }
      forget();
      own();
    },
    interrupt: () => {
      questions.drop();
      happen(keys("ctrl+c"));
    },
    announce: () => {
      narrator.announce();
      const question = questions.open()?.question;
      if (question !== undefined && !program.state().quit) say(question);
    },
    ended: () => program.state().quit,
  };
}
