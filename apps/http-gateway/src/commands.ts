import { parseArgs } from "node:util";
import type { Command } from "./commands/command.ts";
import { configCheck } from "./commands/config-check.ts";
import { dbBackup } from "./commands/db/backup.ts";
import { dbCheck } from "./commands/db/check.ts";
import { dbCopy } from "./commands/db/copy.ts";
import { keysBootstrap, keysCreate } from "./commands/keys/create.ts";
import { keysList } from "./commands/keys/list.ts";
import { keysRevoke, keysRotate } from "./commands/keys/change.ts";
import { latchRelease } from "./commands/latch-release.ts";
import { CommandError, wordsOf } from "./commands/say.ts";
import { serve } from "./commands/serve.ts";
import { configTable, variableNames } from "./config-table.ts";
import type { Variables } from "./settings.ts";
import packageJson from "../package.json" with { type: "json" };

/** Every command, by its words. */
export const commands = {
  serve,
  "config check": configCheck,
  "latch release": latchRelease,
  "keys bootstrap": keysBootstrap,
  "keys create": keysCreate,
  "keys list": keysList,
  "keys rotate": keysRotate,
  "keys revoke": keysRevoke,
  "db check": dbCheck,
  "db backup": dbBackup,
  "db copy": dbCopy,
} as const satisfies Readonly<Record<string, Command>>;

const byWords = new Map<string, Command>(Object.entries(commands));

const wide = (text: string, width: number): string => text.padEnd(width);

/** The text of `--help`. */
function helpText(): string {
  const rows = [...byWords].map(([name, { summary, words = "" }]) => {
    return `  ${wide(`${name} ${words}`.trim(), 20)}${summary}\n`;
  });
  const variables = variableNames.map((name) => {
    const { meaning, fallback } = configTable[name];
    return `  ${wide(name, 20)}${meaning.replaceAll("`", "")} (default: ${fallback})\n`;
  });
  return `mesibo-gateway: plain REST over mesibo's groups, with the app token in one place

${rows.join("")}
Without a command it serves:
  --port <n>     port to listen on; 0 is any free one   (default ${configTable.PORT.fallback}, or PORT)
  --host <host>  address to listen on                   (default ${configTable.HOST.fallback}, or HOST)
  --json         print {"url":…} instead of the sentence, in a demo with a ready "apiKey"
  --version, --help

Environment, each also as <NAME>_FILE, which names a file with the value:
${variables.join("")}
Then: curl -H 'Authorization: Bearer <key>' <url>/v1/groups
`;
}

interface Found {
  readonly command: Command;
  readonly rest: readonly string[];
}

/** The command whose words stand first, the longest one; without any, `serve`. */
function find(args: readonly string[]): Found {
  for (const length of [3, 2, 1]) {
    const command = byWords.get(args.slice(0, length).join(" "));
    if (command !== undefined) return { command, rest: args.slice(length) };
  }
  return { command: serve, rest: args };
}

const common = { version: { type: "boolean" }, help: { type: "boolean" } } as const;

function read({ command, rest }: Found) {
  try {
    return parseArgs({
      args: [...rest],
      options: { ...command.options, ...common },
      allowPositionals: command.words !== undefined,
    });
  } catch (error) {
    // One line: some of Node's own messages go on with advice in further sentences and lines.
    throw new CommandError([`${wordsOf(error).replaceAll(/\s*\n\s*/g, " ")} See --help.`], 2);
  }
}

/** Carries out a command line. Resolves with the exit code; throws `CommandError`. */
export async function runCommand(args: readonly string[], variables: Variables): Promise<number> {
  const found = find(args);
  const { values: flags, positionals: words } = read(found);
  if (flags["help"] === true || flags["version"] === true) {
    process.stdout.write(flags["help"] === true ? helpText() : `${packageJson.version}\n`);
    return 0;
  }
  return found.command.run({ flags, words, variables });
}
