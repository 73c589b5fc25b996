import { help } from "../args.ts";
import type { Command } from "./command.ts";
import { exits } from "./exits.ts";
import { changeOptions, commonOptions, type Option, type Options } from "./options.ts";
import { synopsis } from "./reading.ts";
import { loadCommands, table } from "./table.ts";

const columns = (rows: readonly (readonly [string, string])[]): string => {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}\n`).join("");
};

const optionName = (name: string, { value, negatable, type }: Option): string => {
  if (type === "string") return `--${name} <${value ?? name}>`;
  if (name === "input") return "--no-input";
  return negatable === true ? `--[no-]${name}` : `--${name}`;
};

const optionRows = (options: Options): readonly (readonly [string, string])[] =>
  Object.entries(options).map(([name, option]) => [optionName(name, option), option.about]);

const exitRows = Object.values(exits).map(({ code, meaning }): readonly [string, string] => [
  String(code),
  meaning,
]);

/** The help of one command. */
export function commandHelp(command: Command): string {
  const { name, about, args, options, changes } = command;
  const shared = { ...commonOptions, ...(changes ? changeOptions : {}) };
  const own = Object.entries(options).filter(
    ([name]) => !(name in shared) && !args.some((arg) => arg.name === name),
  );
  const usage = ["mesibo-groups", name, synopsis(args)].join(" ").trim();
  const blocks = [`${usage}\n\n${about}\n`];
  if (args.length > 0) blocks.push(columns(args.map(({ name, about }) => [`<${name}>`, about])));
  if (own.length > 0) blocks.push(columns(optionRows(Object.fromEntries(own))));
  blocks.push(columns(optionRows(shared)));
  return blocks.join("\n");
}

/** The help of a noun: its commands. */
export const nounHelp = (noun: string): string =>
  columns(
    table.filter(({ usage }) => usage.startsWith(`${noun} `)).map(({ usage, about }) => [usage, about]),
  );

/** The help of the program: the app's own, every command and every exit code. */
export const programHelp = (): string =>
  [
    help,
    "Commands, for scripts: data on stdout, everything else on stderr.\n",
    columns(table.map(({ usage, about }) => [usage, about])),
    columns(optionRows(commonOptions)),
    "Exit codes\n",
    columns(exitRows),
  ].join("\n");

/** Everything that the program knows about its commands, as data; of one command or noun where it is named. */
export async function helpDocument(name: string): Promise<object> {
  const chosen = (await loadCommands()).filter(
    (command) => name === "" || command.name === name || command.name.startsWith(`${name} `),
  );
  return {
    commands: chosen.map(({ name, about, args, options, changes }) => ({
      name,
      about,
      changes,
      args: args.map(({ name, about, optional = false, rest = false }) => ({ name, about, optional, rest })),
      options: Object.entries(options).map(
        ([name, { type, about, multiple = false, negatable = false, choices }]) => ({
          name,
          type,
          about,
          multiple,
          negatable,
          choices: choices ?? [],
        }),
      ),
    })),
    exits: Object.entries(exits).map(([name, exit]) => ({ name, ...exit })),
    environment: environmentNames,
  };
}

/** The environment variables that commands read. */
const environmentNames = [
  "MESIBO_APP_TOKEN",
  "MESIBO_APP_TOKEN_FILE",
  "MESIBO_URL",
  "MESIBO_DIALECT",
  "GATEWAY_URL",
  "GATEWAY_API_KEY",
  "GATEWAY_API_KEY_FILE",
  "MESIBO_GROUPS_PROFILE",
  "NO_COLOR",
] as const;
