/** A program with its arguments. */
export type Argv = readonly [program: string, ...args: string[]];

/** A program that somebody chose, or that is taken where nobody did. */
export interface ChosenProgram {
  readonly argv: Argv;
  /** The variable that names it; undefined for the one that is taken else. */
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

function named(env: Environment, names: readonly string[]): ChosenProgram | undefined {
  for (const from of names) {
    const line = (env[from] ?? "").trim();
    if (line !== "") return { argv: argvOf(line), from };
  }
  return undefined;
}

/** The pager: `$PAGER`, else less, which is told that there may be colours. */
export const pagerOf = (env: Environment): ChosenProgram =>
  named(env, ["PAGER"]) ?? { argv: ["less", "-R"], from: undefined };

/** The editor: `$VISUAL`, else `$EDITOR`; undefined where neither is set. */
export const editorOf = (env: Environment): ChosenProgram | undefined => named(env, ["VISUAL", "EDITOR"]);

/** What the program may know of the environment: everything but the secrets, which are for this one alone. */
export function withoutSecrets(env: Environment): Record<string, string | undefined> {
  const secrets = new Set(["MESIBO_APP_TOKEN", "GATEWAY_API_KEY"]);
  return Object.fromEntries(Object.entries(env).filter(([name]) => !secrets.has(name)));
}
