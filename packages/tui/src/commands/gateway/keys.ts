import { command } from "../command.ts";
import { cell, listTable } from "../print.ts";
import { readPages } from "../../gateway/pages.ts";
import { openGateway } from "./ask-gateway.ts";

const columns = ["id", "name", "scopes", "groups", "expires_at", "revoked_at", "last_used_at"] as const;

/** Lists the API keys of a gateway, without their secrets. */
export const gatewayKeys = command({
  options: {},
  run: async (invocation) => {
    const keys = await readPages(await openGateway(invocation), "/api-keys");
    return {
      data: { keys },
      rows: keys,
      text: await listTable({
        header: columns,
        rows: keys.map((row) =>
          columns.map((name) => (Array.isArray(row[name]) ? row[name].join(",") : cell(row[name]))),
        ),
        say: invocation.say,
      }),
    };
  },
});
