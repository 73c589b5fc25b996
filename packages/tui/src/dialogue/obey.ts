import type { Program } from "../program.ts";
import { isHere } from "../state/key-here.ts";
import { offers } from "../state/palette.ts";
import type { Event } from "../state/update.ts";
import { plural } from "../text/words.ts";
import { commandsNamed, commandsOf, type Command } from "./commands.ts";
import { describe } from "./describe.ts";
import type { Say } from "./narrator.ts";
import { acts, keys, typeOver, type Choice } from "./page.ts";

/** What answers are obeyed with. */
export interface Obeying {
  readonly program: Program;
  readonly say: Say;
  readonly happen: (events: readonly Event[]) => void;
  readonly choose: (choice: Choice) => void;
}

/** What an answer that is no word of its own does. */
export interface Obedience {
  /** Says the commands that work here, for the next answer to pick one by its number. */
  readonly menu: () => void;
  /** Forgets the commands that were said. */
  readonly forget: () => void;
  readonly obey: (text: string) => void;
}

const HOW =
  "Say a number to choose, a command by its key or its words, ? for the commands here, list, more, back, a slash and words to filter, a colon and words for any command, or quit.";

const commandLine = ({ word, help, reason }: Command, index: number): string =>
  `${index + 1}. ${word}: ${help}${reason === undefined ? "." : `. Not now: ${reason}`}`;

/** Obeys numbers, filters, and the names of commands. */
export function createObedience({ program, say, happen, choose }: Obeying): Obedience {
  let offered: readonly Command[] = [];

  function offer(commands: readonly Command[]): void {
    offered = commands;
    if (commands.length === 0) say("There are no commands here but back and quit.");
    say(...commands.map(commandLine), HOW);
  }

  function filter(words: string): void {
    if (isHere(program.state(), "filter"))
      happen([...acts("filter"), ...typeOver(words), ...acts("accept_filter")]);
    else say("There is nothing to filter here.");
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
    if (commands.length > 1) offer(commands);
    else if (only !== undefined) happen(acts(only.action));
    else
      say(
        `I do not know ${JSON.stringify(text.slice(0, 80))} here. Say ? for the commands, list to hear the page.`,
      );
  }

  function numbered(number: number, picked: Command | undefined): void {
    const { items } = describe(program.state());
    const item = items[number - 1];
    if (picked !== undefined) happen(acts(picked.action));
    else if (item !== undefined) choose(item.choice);
    else if (items.length === 0) say("There is nothing to choose here.");
    else say(`There are ${plural(items.length, "item")}: say 1 to ${items.length}.`);
  }

  return {
    menu: () => offer(commandsOf(program.state())),
    forget: () => {
      offered = [];
    },
    obey: (text) => {
      const menu = offered;
      offered = [];
      if (/^\d{1,7}$/.test(text)) numbered(Number(text), menu[Number(text) - 1]);
      else if (text.startsWith("/")) filter(text.slice(1));
      else if (text.startsWith(":")) command(text.slice(1));
      else named(text);
    },
  };
}
