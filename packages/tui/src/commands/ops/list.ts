import { command } from "../command.ts";
import { usage } from "../command-error.ts";
import { cell, table } from "../print.ts";
import { openKeeper } from "./open-keeper.ts";

const states = ["sending", "succeeded", "refused", "partial", "unknown", "resolved"] as const;

const columns = ["id", "kind", "state", "gid", "created_at"] as const;

/** Lists the changes that a gateway keeps, or those of unknown outcome that this machine does. */
export const opsList = command({
  options: {
    state: { type: "string", value: "state", choices: states, about: `only these: ${states.join(", ")}` },
  },
  run: async (invocation) => {
    const { state } = invocation.values;
    if (state !== undefined && !states.some((known) => known === state))
      throw usage(`--state must be one of ${states.join(", ")}, not ${JSON.stringify(state)}.`);
    const { operations, notes } = await (await openKeeper(invocation)).list(state);
    for (const note of notes) invocation.say(note);
    return {
      data: { operations, ...(notes.length === 0 ? {} : { notes }) },
      rows: operations,
      text: await table(
        columns,
        operations.map((row) => columns.map((name) => cell(row[name]))),
      ),
    };
  },
});
