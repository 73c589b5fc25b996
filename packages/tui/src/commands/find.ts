import { parseArgs } from "node:util";
import { nearest } from "@mesibo-groups/core";
import { usage, type CommandError } from "./command-error.ts";
import type { Command } from "./command.ts";
import type { Options } from "./options.ts";
import { loadCommand, loadCommands, nameOf, table, type Row } from "./table.ts";

/** What a command line names. */
export type Found =
  | { readonly kind: "command"; readonly command: Command; readonly argv: readonly string[] }
  | { readonly kind: "help"; readonly noun: string }
  | { readonly kind: "wrong"; readonly error: CommandError };

const names = table.map(nameOf);

const rowOf = (name: string): Row | undefined => table.find((row) => nameOf(row) === name);

const nounOf = (name: string): string => name.split(" ")[0] ?? name;

const wrong = (message: string): Found => ({ kind: "wrong", error: usage(message) });

function unknownName(name: string, known: readonly string[], where: string): Found {
  const near = nearest(name, known);
  const hint = near === undefined ? `It is one of ${known.join(", ")}.` : `Did you mean ${near}?`;
  return wrong(`${where} ${JSON.stringify(name)}. ${hint} See --help.`);
}

const isWord = (text: string | undefined): boolean => text !== undefined && !text.startsWith("-");

/** Where the words stand that are neither options nor their values. */
async function wordPlaces(argv: readonly string[]): Promise<readonly number[]> {
  const [noun = "", verb] = argv;
  // So it is nearly always, and then no other command has to be loaded to know its options.
  if (!argv.some(isWord)) return [];
  if (isWord(noun) && (isWord(verb) || names.includes(noun))) return [0, 1];
  const end = argv.indexOf("--");
  const args = end === -1 ? [...argv] : argv.slice(0, end);
  // Before the command is known, an option of any command may stand there, and its value is no command.
  // What is a switch in one command and takes a value in another (--send) is read as a switch.
  const known = (await loadCommands()).flatMap((command) => Object.entries(command.options));
  const switches = known.filter(([, { type }]) => type === "boolean");
  const options: Options = Object.fromEntries([...known, ...switches]);
  const { tokens } = parseArgs({ args, options, strict: false, allowPositionals: true, tokens: true });
  return tokens.flatMap(({ kind, index }) => (kind === "positional" ? [index] : []));
}

/** Finds the command that a command line names, wherever its options stand. */
export async function findCommand(argv: readonly string[]): Promise<Found> {
  const [nounAt, verbAt] = await wordPlaces(argv);
  const without = (...places: readonly (number | undefined)[]): readonly string[] =>
    argv.filter((_, index) => !places.includes(index));
  const asked = argv.includes("--help") || argv.includes("-h");

  if (nounAt === undefined)
    return asked ? { kind: "help", noun: "" } : wrong("No command is named. See --help.");
  const noun = argv[nounAt] ?? "";
  const whole = rowOf(noun);
  if (whole !== undefined)
    return { kind: "command", command: await loadCommand(whole), argv: without(nounAt) };

  const verbs = names.filter((name) => nounOf(name) === noun).map((name) => name.slice(noun.length + 1));
  if (verbs.length === 0)
    return unknownName(noun, [...new Set(names.map(nounOf)), "tui"], "There is no command");
  const verb = verbAt === undefined ? undefined : argv[verbAt];
  if (verb === undefined) {
    return asked
      ? { kind: "help", noun }
      : wrong(`${noun} needs one of ${verbs.join(", ")}. See ${noun} --help.`);
  }
  const row = rowOf(`${noun} ${verb}`);
  if (row === undefined) return unknownName(verb, verbs, `${noun} has no command`);
  return { kind: "command", command: await loadCommand(row), argv: without(nounAt, verbAt) };
}
