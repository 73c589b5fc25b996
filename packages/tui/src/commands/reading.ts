import { parseArgs } from "node:util";
import { nearest } from "@mesibo-groups/core";
import { parseFault } from "../parse-fault.ts";
import { usage } from "./command-error.ts";
import type { Options } from "./options.ts";

/** An argument without a dash. */
export interface Argument {
  readonly name: string;
  readonly about: string;
  readonly short?: string;
  /** Default: required. */
  readonly optional?: boolean;
  /** Takes every argument that is left. */
  readonly rest?: boolean;
}

/** What every command is told. */
export interface Shared {
  readonly json: boolean;
  readonly ndjson: boolean;
  readonly help: boolean;
  readonly profile: string | undefined;
  readonly tokenStdin: boolean;
  readonly timeoutMs: number | undefined;
  readonly dryRun: boolean;
  /** Whether every change was said yes to. */
  readonly yes: boolean;
  /** Gids that were named once more. */
  readonly confirm: readonly string[];
}

type Read = Readonly<Record<string, unknown>>;

const MAX_TIMEOUT_SECONDS = 86_400;

function readTimeout(text: unknown): number | undefined {
  if (text === undefined) return undefined;
  const seconds = typeof text === "string" && /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : 0;
  if (seconds > 0 && seconds <= MAX_TIMEOUT_SECONDS) return Math.max(1, Math.round(seconds * 1000));
  throw usage(
    `--timeout must be a number of seconds above 0 and at most ${MAX_TIMEOUT_SECONDS}, not ${JSON.stringify(text)}.`,
  );
}

function unknownOption(option: string, options: Options): string {
  if (option === "--idempotency-key")
    return "This command takes no --idempotency-key: it changes nothing of mesibo's, or compares with what is there first, so it may be run again as it is.";
  const names = Object.keys(options);
  const near = nearest(option.replace(/^--?(?:no-)?/, ""), names);
  return `Unknown option ${option}.${near === undefined ? "" : ` Did you mean --${near}?`} See --help.`;
}

/** Reads a command line by a table of options. Throws a `CommandError` in one sentence. */
export function readShared(
  argv: readonly string[],
  options: Options,
): { readonly values: Read; readonly positionals: readonly string[]; readonly shared: Shared } {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options,
      allowPositionals: true,
      allowNegative: true,
    });
    const { confirm = [] } = values;
    return {
      values,
      positionals,
      shared: {
        json: values["json"] === true,
        ndjson: values["ndjson"] === true,
        help: values["help"] === true,
        profile: typeof values["profile"] === "string" ? values["profile"] : undefined,
        tokenStdin: values["token-stdin"] === true,
        timeoutMs: readTimeout(values["timeout"]),
        dryRun: values["dry-run"] === true,
        yes: values["yes"] === true,
        confirm: Array.isArray(confirm) ? confirm.map(String) : [],
      },
    };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const [, option] = /^Unknown option '(-[^']+)'/.exec(error.message) ?? [];
    throw usage(option === undefined ? parseFault(error) : unknownOption(option, options));
  }
}

const bracketed = ({ name, optional, rest }: Argument): string => {
  const text = `<${name}>${rest === true ? "…" : ""}`;
  return optional === true ? `[${text}]` : text;
};

/** `<gid> [<name>] <address>…` */
export const synopsis = (args: readonly Argument[]): string => args.map(bracketed).join(" ");

/** Puts arguments in their places: first what was given as an option, then by order. */
export function fillArguments(
  { name, args }: { readonly name: string; readonly args: readonly Argument[] },
  values: Read,
  positionals: readonly string[],
): { readonly given: ReadonlyMap<string, string>; readonly rest: readonly string[] } {
  const left = [...positionals];
  const given = new Map<string, string>();
  const how = `Usage: ${[`mesibo-groups ${name}`, synopsis(args)].join(" ").trim()}`;
  let rest: readonly string[] = [];
  for (const argument of args) {
    const option = values[argument.name];
    if (argument.rest === true) rest = left.splice(0);
    const value = typeof option === "string" ? option : argument.rest === true ? rest[0] : left.shift();
    if (value === undefined) {
      if (argument.optional === true) continue;
      throw usage(`${name} needs <${argument.name}>: ${argument.about}. ${how}.`);
    }
    if (argument.rest !== true) given.set(argument.name, value);
  }
  const [stray] = left;
  if (stray !== undefined) throw usage(`${name} takes no argument ${JSON.stringify(stray)}. ${how}.`);
  return { given, rest };
}
