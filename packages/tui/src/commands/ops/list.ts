import { command } from "../command.ts";
import { usage } from "../command-error.ts";
import { readPages } from "../../gateway/pages.ts";
import { cell, openGateway } from "../gateway/ask-gateway.ts";
import { table } from "../print.ts";

const states = ["sending", "succeeded", "refused", "partial", "unknown", "resolved"] as const;

const columns = ["id", "kind", "state", "gid", "created_at"] as const;

/** Lists what a gateway keeps of the changes that were asked of it. */
export const opsList = command({
  options: {
    state: { type: "string", value: "state", choices: states, about: `only these: ${states.join(", ")}` },
  },
  run: async (invocation) => {
    const { state } = invocation.values;
    if (state !== undefined && !states.some((known) => known === state))
      throw usage(`--state must be one of ${states.join(", ")}, not ${JSON.stringify(state)}.`);
    const ask = await openGateway(invocation);
    const operations = await readPages(ask, `/operations${state === undefined ? "" : `?state=${state}`}`);
    return {
      data: { operations },
      rows: operations,
      text: await table(
        columns,
        operations.map((row) => columns.map((name) => cell(row[name]))),
      ),
    };
  },
});
