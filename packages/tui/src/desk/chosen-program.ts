import { firstOnPath } from "./on-path.ts";

/** A program with its arguments. */
export type Argv = readonly [program: string, ...args: string[]];

/** A program that somebody chose, or that is taken where nobody did. */
export interface ChosenProgram {
  readonly as: "pager" | "editor";
  readonly argv: Argv;
  /** The variable that names it; undefined for one that is taken else. */
  readonly from: string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Words that no shell reads anything into. */
const plain = /^[\w@%+:,./-]+(?: +[\w@%+=:,./-]+)*$/;

/** What runs a line of the environment, as git reads it: by a shell only where it is more than plain words. */
export function argvOf(line: string): Argv {
  const [program = "", ...args] = line.split(/ +/);
  return plain.test(line) ? [program, ...args] : ["sh", "-c", `${line} "$@"`, "sh"];
}

const variables = { pager: ["PAGER"], editor: ["VISUAL", "EDITOR"] } as const;

function named(env: Environment, as: ChosenProgram["as"]): ChosenProgram | undefined {
  for (const from of variables[as]) {
    const line = (env[from] ?? "").trim();
    if (line !== "") return { as, argv: argvOf(line), from };
  }
  return undefined;
}

/** The pager: `$PAGER`, else less, which is told that there may be colours. */
export const pagerOf = (env: Environment): ChosenProgram =>
  named(env, "pager") ?? { as: "pager", argv: ["less", "-R"], from: undefined };

/** The editors that are looked for where none is named, the first one first. */
export const knownEditors = ["sensible-editor", "nano", "vim", "vi"] as const;

/** The editor: `$VISUAL`, else `$EDITOR`, else the first one that is there; undefined where none is. */
export async function editorOf(env: Environment): Promise<ChosenProgram | undefined> {
  const chosen = named(env, "editor");
  if (chosen !== undefined) return chosen;
  // Every Windows has it.
  if (process.platform === "win32") return { as: "editor", argv: ["notepad"], from: undefined };
  const found = await firstOnPath(knownEditors, env["PATH"]);
  return found === undefined ? undefined : { as: "editor", argv: [found], from: undefined };
}

/** What the program may know of the environment: everything but the secrets, which are for this one alone. */
export function withoutSecrets(env: Environment): Record<string, string | undefined> {
  const secrets = new Set(["MESIBO_APP_TOKEN", "GATEWAY_API_KEY"]);
  return Object.fromEntries(Object.entries(env).filter(([name]) => !secrets.has(name)));
}
