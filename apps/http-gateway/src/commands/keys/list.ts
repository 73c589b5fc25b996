import { isUsable } from "../../keys/manage.ts";
import { listApiKeys, type ApiKey } from "../../keys/rows.ts";
import { viewApiKey } from "../../keys/view.ts";
import type { Store } from "../../store/store.ts";
import type { Command } from "../command.ts";
import { withStore } from "../with-store.ts";

const PAGE = 500;

async function everyKey(store: Store): Promise<readonly ApiKey[]> {
  const keys: ApiKey[] = [];
  for (;;) {
    const some = await store.read((db) => listApiKeys(db, { after: keys.at(-1)?.id ?? "", limit: PAGE }));
    keys.push(...some);
    if (some.length < PAGE) return keys;
  }
}

const day = (at: number | undefined): string =>
  at === undefined ? "never" : new Date(at).toISOString().slice(0, 10);

function stateOf(key: ApiKey, now: number): string {
  if (key.revokedAt !== undefined) return "revoked";
  return isUsable(key, now) ? "in use" : "expired";
}

function groupsOf({ groups }: ApiKey): string {
  if (groups === undefined) return "every group";
  const { gids = [], name_prefix: prefix } = groups;
  const names = prefix === undefined ? [] : [`names with ${JSON.stringify(prefix)} first`];
  return [...(gids.length === 0 ? [] : [`gids ${gids.join(" ")}`]), ...names].join(", ");
}

function rowOf(key: ApiKey): string {
  const cells = [
    key.id,
    stateOf(key, Date.now()),
    JSON.stringify(key.name),
    key.scopes.join(","),
    groupsOf(key),
    `ends ${day(key.expiresAt)}`,
    `used ${day(key.lastUsedAt)}`,
  ];
  return `${cells.join("\t")}\n`;
}

/** Lists every key, without its secret. */
export const keysList: Command = {
  summary: "list the API keys, one a line, with tabs between (--json)",
  options: { json: { type: "boolean" } },
  run: async ({ flags, variables }) => {
    const keys = await withStore(variables, everyKey);
    const text =
      flags["json"] === true
        ? `${JSON.stringify({ v: 1, items: keys.map(viewApiKey) })}\n`
        : keys.map(rowOf).join("");
    process.stdout.write(text);
    return 0;
  },
};
