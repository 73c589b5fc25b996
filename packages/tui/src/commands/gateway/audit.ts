import { command } from "../command.ts";
import { readCount } from "../count.ts";
import { readGid } from "../gid.ts";
import { cell, table } from "../print.ts";
import { readPages } from "../../gateway/pages.ts";
import { openGateway } from "./ask-gateway.ts";

const columns = ["id", "at", "actor", "action", "gid", "subject", "outcome"] as const;

/** Prints a gateway's audit: who asked for what, and how it ended. */
export const gatewayAudit = command({
  options: {
    gid: { type: "string", value: "gid", about: "only what is about this group" },
    actor: { type: "string", value: "id", about: "only what this API key did; operator is the command line" },
    action: { type: "string", value: "action", about: "only this action, such as delete_group" },
    outcome: { type: "string", value: "outcome", about: "only what ended so" },
    from: { type: "string", value: "moment", about: "not before this, such as 2026-11-29T12:00:00Z" },
    to: { type: "string", value: "moment", about: "before this moment" },
    most: { type: "string", value: "n", about: "so many at most, from the oldest (default 1000)" },
  },
  run: async (invocation) => {
    const { gid, actor, action, outcome, from, to, most = "1000" } = invocation.values;
    const asked = {
      gid: gid === undefined ? undefined : String(readGid(gid)),
      actor,
      action,
      outcome,
      from,
      to,
    };
    const query = new URLSearchParams(
      Object.entries(asked).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    ).toString();
    const count = readCount("most", most);
    const ask = await openGateway(invocation);
    const entries = await readPages(ask, `/audit${query === "" ? "" : `?${query}`}`, count + 1);
    const shown = entries.slice(0, count);
    const complete = entries.length <= count;
    if (!complete)
      invocation.say(`There are more than ${count} entries. Narrow it with --from, or raise --most.`);
    return {
      data: { entries: shown, complete },
      rows: shown,
      text: await table(
        columns,
        shown.map((row) => columns.map((name) => cell(row[name]))),
      ),
    };
  },
});
