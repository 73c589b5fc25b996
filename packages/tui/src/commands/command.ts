import { parseArgs } from "node:util";
import type { Surroundings } from "../profile/surroundings.ts";
import type { Connection } from "./connect.ts";
import {
  changeOptions,
  commonOptions,
  type Option,
  type Options,
  type ReadingConfig,
  type Values,
} from "./options.ts";
import { fillArguments, readShared, type Argument, type Shared } from "./reading.ts";
import type { Report } from "./report.ts";

/** What a command has to work with, besides its own command line. */
export interface Context {
  /** Made when first asked for: a command that needs no server needs no configuration either. */
  readonly connection: () => Promise<Connection>;
  /** Narration for people, on stderr. */
  readonly say: (line: string) => void;
  /** Reads a file; `-` is stdin. */
  readonly read: (path: string) => Promise<string>;
  readonly write: (path: string, text: string) => Promise<void>;
  /** Prints data before the command has ended, for what is followed. */
  readonly emit: (line: string) => void;
  /** Keeps a secret out of everything that is printed from now on. */
  readonly hide: (secret: string, placeholder: string) => void;
  readonly around: Surroundings;
  readonly signal: AbortSignal;
}

/** One invocation of a command. */
export interface Invocation<O extends Options> extends Context, Shared {
  readonly values: Values<O>;
  /** Arguments by name. What is required is there. */
  readonly given: ReadonlyMap<string, string>;
  /** Arguments behind the named ones. */
  readonly rest: readonly string[];
}

/** What a command is, apart from what the table says of it. */
export interface CommandSpec<O extends Options> {
  readonly args?: readonly Argument[];
  readonly options: O;
  /** Whether it changes something, and so takes `--dry-run` and `--confirm`. */
  readonly changes?: boolean;
  readonly run: (invocation: Invocation<O>) => Report | Promise<Report>;
}

/** What the table of commands says of a command. */
export interface Named {
  /** Without its arguments: `groups list`. */
  readonly name: string;
  readonly about: string;
}

/** Gives a command its name. */
export type MakeCommand = (named: Named) => Command;

/** A command whose options are known to itself alone. */
export interface Command extends Named {
  readonly args: readonly Argument[];
  readonly options: Options;
  readonly changes: boolean;
  /** Reads the command line; throws a `CommandError` that names what is wrong. */
  readonly prepare: (argv: readonly string[]) => Prepared;
}

/** A command with its command line read. */
export interface Prepared extends Shared {
  readonly run: (context: Context) => Promise<Report>;
}

/** Makes a command. An argument with a name can be given as an option of that name too. */
export function command<const O extends Options>(spec: CommandSpec<O>): MakeCommand {
  const { args = [], changes = false, run } = spec;
  const named = Object.fromEntries(
    args
      .filter(({ rest }) => rest !== true)
      .map(({ name, about, short }): readonly [string, Option] => [
        name,
        { type: "string", value: name, about, ...(short === undefined ? {} : { short }) },
      ]),
  );
  const options = { ...commonOptions, ...(changes ? changeOptions : {}), ...named, ...spec.options };
  return ({ name, about }) => ({
    name,
    about,
    args,
    changes,
    options,
    prepare: (argv) => {
      const { values, positionals, shared } = readShared(argv, options);
      const arranged = shared.help
        ? { given: new Map(), rest: [] }
        : fillArguments({ name, args }, values, positionals);
      return {
        ...shared,
        run: async (context) => {
          // The same words again, with the types of this command's own options.
          const own = parseArgs<ReadingConfig<O>>({
            args: [...argv],
            options,
            allowPositionals: true,
            allowNegative: true,
            strict: true,
          });
          return run({ ...context, ...shared, ...arranged, values: own.values });
        },
      };
    },
  });
}
