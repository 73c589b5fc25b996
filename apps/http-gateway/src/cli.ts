#!/usr/bin/env node
import { CommandError, say, wordsOf } from "./commands/say.ts";
import { runCommand } from "./commands.ts";

try {
  process.exitCode = await runCommand(process.argv.slice(2), process.env);
} catch (error) {
  for (const line of error instanceof CommandError ? error.lines : [wordsOf(error)]) say(line);
  process.exitCode = error instanceof CommandError ? error.code : 1;
}
