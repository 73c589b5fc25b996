import { copyStore } from "../../db/copy.ts";
import { openStore } from "../../store/open.ts";
import type { Command, Flags } from "../command.ts";
import { CommandError, say } from "../say.ts";
import { checkThere, isPostgres } from "./place.ts";

function urlOf(flags: Flags, name: "from" | "to"): string {
  const url = flags[name];
  const fits = typeof url === "string" && (/^file:./.test(url) || (isPostgres(url) && URL.canParse(url)));
  // The value stays out of the message: it may hold a password.
  if (!fits)
    throw new CommandError(
      [`--${name} must be file: with a path, or postgres://user:password@host/database.`],
      2,
    );
  return url;
}

/** Copies one store into another, such as from a file to PostgreSQL. */
export const dbCopy: Command = {
  summary: "copy a store into an empty one (--from file:… --to postgres://…, or back), and compare",
  options: { from: { type: "string" }, to: { type: "string" } },
  run: async ({ flags }) => {
    const [source, target] = [urlOf(flags, "from"), urlOf(flags, "to")];
    checkThere(source);
    const from = await openStore(source);
    try {
      const to = await openStore(target);
      try {
        await copyStore({
          from,
          to,
          now: Date.now(),
          onTable: (table, { rows, hash }) => {
            process.stdout.write(`${table}\t${rows} rows\tsha256 ${hash}\n`);
          },
        });
        say(`${to.place} is the same as ${from.place}: set DATABASE_URL to it.`);
        return 0;
      } finally {
        await to.close();
      }
    } finally {
      await from.close();
    }
  },
};
