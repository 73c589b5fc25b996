import type { parseArgs } from "node:util";

/** One option of a command, as `parseArgs` reads it and `--help` shows it. */
export interface Option {
  readonly type: "string" | "boolean";
  readonly multiple?: boolean;
  readonly short?: string;
  /** Stands for the value in `--help`. */
  readonly value?: string;
  readonly about: string;
  /** Whether `--no-<name>` means something. */
  readonly negatable?: boolean;
  /** What can be given, for completion. */
  readonly choices?: readonly string[];
}

/** Options by name. */
export type Options = Readonly<Record<string, Option>>;

/** How a command line is read. */
export interface ReadingConfig<O extends Options> {
  readonly args: string[];
  readonly options: O;
  readonly allowPositionals: true;
  readonly allowNegative: true;
  readonly strict: true;
}

/** The values of a command's own options. */
export type Values<O extends Options> = ReturnType<typeof parseArgs<ReadingConfig<O>>>["values"];

/** Options that every command takes. */
export const commonOptions = {
  json: { type: "boolean", about: "print one JSON document; errors on stderr are JSON too" },
  ndjson: { type: "boolean", about: "print lists as one JSON object a line" },
  profile: { type: "string", value: "name", about: "use this profile of config.json" },
  "token-stdin": {
    type: "boolean",
    about: "read the app token or API key from stdin, before anything else is read from it",
  },
  timeout: { type: "string", value: "seconds", about: "give up an operation after so long (default 30)" },
  input: {
    type: "boolean",
    negatable: true,
    about: "for scripts that always give it: nothing is ever asked anyway",
  },
  help: { type: "boolean", short: "h", about: "show this; with --json, as data" },
} as const satisfies Options;

/** Options that every command takes which changes something. */
export const changeOptions = {
  "dry-run": { type: "boolean", about: "say what would be done, and change nothing" },
  confirm: {
    type: "string",
    multiple: true,
    value: "gid",
    about: "confirm what cannot be undone by naming the group",
  },
  yes: {
    type: "boolean",
    about: "for scripts that always give it: nothing is ever asked anyway, and --confirm is still needed",
  },
} as const satisfies Options;
