import { resolve } from "node:path";
import { backupFile } from "../../db/backup.ts";
import type { Command } from "../command.ts";
import { CommandError, say } from "../say.ts";
import { databaseOf } from "../with-store.ts";
import { existingFile, isPostgres } from "./place.ts";

/** Copies the store's file, beside a gateway that serves. */
export const dbBackup: Command = {
  summary: "copy the store's file into a new one, while the gateway serves",
  words: "<file>",
  options: {},
  run: async ({ words, variables }) => {
    const [file, ...more] = words;
    if (file === undefined || more.length > 0)
      throw new CommandError(["Give one file to write the backup to."], 2);
    const url = databaseOf(variables);
    if (isPostgres(url)) {
      throw new CommandError(
        [
          'The store is in PostgreSQL, which has its own: pg_dump --format=custom --file=gateway.dump "$DATABASE_URL".',
        ],
        1,
      );
    }
    const to = resolve(file);
    await backupFile({ from: existingFile(url), to });
    say(`the backup is ${to}.`);
    return 0;
  },
};
