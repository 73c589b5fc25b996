import type { Program } from "../program.ts";
import { isHere } from "../state/key-here.ts";
import { offers } from "../state/palette.ts";
import type { Event } from "../state/update.ts";
import { sanitize } from "../text/sanitize.ts";
import { plural } from "../text/words.ts";
import { ITEMS_AT_ONCE, itemLines, newsOf, noticeWords, pageLines, tenthsOf, type Said } from "./announce.ts";
import { commandsNamed, commandsOf, type Command } from "./commands.ts";
import { describe } from "./describe.ts";
import { acts, keys, typeOver, type Ask, type Choice } from "./page.ts";

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

const HOW =
  "Say a number to choose, a command by its key or its words, ? for the commands here, list, more, back, a slash and words to filter, a colon and words for any command, or quit.";

/** Begins a conversation. */
export function createTalk({ program, say: print }: TalkOptions): Talk {
  let said: Said = { page: undefined, notice: undefined };
  let asking: Ask | undefined;
  let collected: string[] = [];
  let menu: readonly Command[] | undefined;
  let from = 0;
  let left = false;
  let tenths = new Map<number, number>();

  const say = (line: string): void => {
    if (line !== "") print(sanitize(line));
  };
  const sayAll = (lines: readonly string[]): void => lines.forEach(say);

  function announce(): void {
    const state = program.state();
    if (state.quit) return;
    // The help of the screens is nothing to talk about.
    if (state.help !== undefined) program.dispatch({ kind: "key", key: { name: "esc" } });
    const page = describe(program.state());
    if (page.title !== said.page?.title) from = 0;
    sayAll(newsOf(said, { state: program.state(), page }));
    said = { page, notice: program.state().notice };
    if (asking !== undefined) say(asking.question);
  }

  /** Says that a task goes on, at its start and every ten percent. */
  function follow(): void {
    const { running } = program.state();
    const now = new Map<number, number>();
    for (const { id, text } of running) {
      const reached = tenthsOf(text) ?? 0;
      const before = tenths.get(id);
      now.set(id, Math.max(reached, before ?? 0));
      if (before === undefined) say(`Working: ${text}.`);
      else if (reached > before) say(`Progress ${reached * 10} percent.`);
    }
    tenths = now;
  }
  program.subscribe(follow);

  function happen(events: readonly Event[]): void {
    for (const event of events) program.dispatch(event);
  }

  function choose(choice: Choice): void {
    if (choice.kind === "events") happen(choice.events);
    else asking = choice;
  }

  function sayMenu(commands: readonly Command[]): void {
    menu = commands;
    if (commands.length === 0) say("There are no commands here but back and quit.");
    sayAll(
      commands.map(
        ({ word, help, reason }, index) =>
          `${index + 1}. ${word}: ${help}${reason === undefined ? "." : `. Not now: ${reason}`}`,
      ),
    );
    say(HOW);
  }

  function run({ action }: Command): void {
    happen(acts(action));
  }

  function quit(): void {
    const { jobs } = program.state();
    const running = jobs.filter(({ outcome }) => outcome === "running").length;
    if (running > 0 && !left) {
      say(`${plural(running, "change")} on the way. Say quit again to leave without the answer.`);
      left = true;
      return;
    }
    happen([{ kind: "left" }]);
  }

  function filter(words: string): void {
    if (!isHere(program.state(), "filter")) {
      say("There is nothing to filter here.");
      return;
    }
    happen([...acts("filter"), ...typeOver(words), ...acts("accept_filter")]);
  }

  function command(words: string): void {
    happen([...acts("palette"), ...typeOver(words.trim())]);
    const state = program.state();
    if (state.dialog?.kind !== "palette") return;
    const found = offers(state, state.dialog);
    if (found.length === 1) happen(acts("run_command"));
    if (found.length > 0) return;
    happen(keys("esc"));
    say("No command has these words. A number opens that group, 0x91 explains flags.");
  }

  function named(text: string): void {
    const commands = commandsNamed(commandsOf(program.state()), text);
    const [only] = commands;
    if (commands.length > 1) sayMenu(commands);
    else if (only !== undefined) run(only);
    else
      say(
        `I do not know ${JSON.stringify(text.slice(0, 80))} here. Say ? for the commands, list to hear the page.`,
      );
  }

  function numbered(number: number, offered: readonly Command[] | undefined): void {
    const picked = offered?.[number - 1];
    if (picked !== undefined) {
      run(picked);
      return;
    }
    const { items } = describe(program.state());
    const item = items[number - 1];
    if (item !== undefined) choose(item.choice);
    else
      say(
        items.length === 0
          ? "There is nothing to choose here."
          : `There are ${plural(items.length, "item")}: say 1 to ${items.length}.`,
      );
  }

  function more(): void {
    const page = describe(program.state());
    if (from + ITEMS_AT_ONCE < page.items.length) {
      from += ITEMS_AT_ONCE;
    } else {
      say("That was all; from the start again:");
      from = 0;
    }
    sayAll(itemLines(page, from));
  }

  /** Answers that mean the same everywhere. */
  const everywhere: Readonly<Record<string, () => void>> = {
    "": () => sayAll(pageLines(describe(program.state()))),
    list: () => sayAll(pageLines(describe(program.state()))),
    more,
    "?": () => sayMenu(commandsOf(program.state())),
    help: () => sayMenu(commandsOf(program.state())),
    menu: () => sayMenu(commandsOf(program.state())),
    back: () => happen(keys("esc")),
    quit,
    exit: quit,
    "!": () => {
      const { notice } = program.state();
      say(notice === undefined ? "There is no message yet." : noticeWords(notice));
    },
  };

  function reply({ many = false, empty = [], answer }: Ask, line: string): void {
    if (many && line !== "") {
      collected.push(line);
      return;
    }
    const text = many ? collected.join("\n") : line;
    collected = [];
    asking = undefined;
    happen(text.trim() === "" ? empty : answer(text));
  }

  return {
    answer: (line) => {
      const ask = asking ?? describe(program.state()).ask;
      if (ask !== undefined) {
        reply(ask, line);
        return;
      }
      const text = line.trim();
      const word = text.toLowerCase();
      // A menu is there for the next answer alone.
      const offered = menu;
      menu = undefined;
      const own = Object.hasOwn(everywhere, word) ? everywhere[word] : undefined;
      if (own !== undefined) own();
      else if (/^\d{1,7}$/.test(text)) numbered(Number(text), offered);
      else if (text.startsWith("/")) filter(text.slice(1));
      else if (text.startsWith(":")) command(text.slice(1));
      else named(text);
      if (own !== quit) left = false;
    },
    interrupt: () => {
      asking = undefined;
      collected = [];
      happen(keys("ctrl+c"));
    },
    announce,
    ended: () => program.state().quit,
  };
}
