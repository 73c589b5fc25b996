import { command } from "../command.ts";
import { listTable } from "../print.ts";
import { flagText, groupData, listGroups } from "./group-data.ts";

/** Lists the groups of the app. */
export const groupsList = command({
  options: { name: { type: "string", value: "text", about: "only groups whose name has this text in it" } },
  run: async (invocation) => {
    const { groups, total, complete } = await listGroups(invocation);
    const wanted = invocation.values.name?.toLowerCase() ?? "";
    const shown = groups.filter(({ name }) => name.toLowerCase().includes(wanted));
    if (!complete) invocation.say(`The server has ${total} groups and listed ${groups.length} of them.`);
    const rows = shown.map(groupData);
    return {
      data: { groups: rows, count: rows.length, total, complete },
      rows,
      text: await listTable({
        header: ["gid", "name", "flag", "active", "expiry"],
        rows: shown.map((group) => [
          String(group.gid),
          group.name,
          flagText(group),
          group.active ? "yes" : "no",
          `${group.expiry} s`,
        ]),
        say: invocation.say,
      }),
    };
  },
});
