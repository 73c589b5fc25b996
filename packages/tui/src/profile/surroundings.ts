import { homedir } from "node:os";

/** What the process was started with; given, so that nothing here reads globals. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly home: string;
  /** Everything on standard input; asked only for `--token-stdin`. */
  readonly readStdin: () => Promise<string>;
}

async function readStdin(): Promise<string> {
  let text = "";
  for await (const chunk of process.stdin.setEncoding("utf8")) text += String(chunk);
  return text;
}

/** The surroundings of this process. */
export const surroundings = (): Surroundings => ({
  env: process.env,
  cwd: process.cwd(),
  home: homedir(),
  readStdin,
});

/** A variable's value; an empty one counts as not set. */
export function variable({ env }: Surroundings, name: string): string | undefined {
  const value = env[name];
  return value === "" ? undefined : value;
}
