import { gidOf, kindOf, writeChange } from "../../kept/change.ts";
import type { KeptChanges } from "../../kept/changes.ts";
import { detailOf, type Entry } from "../../kept/entry.ts";
import { isSending } from "../../kept/sender.ts";
import { plural } from "../../text/words.ts";
import { configured } from "../connect.ts";
import type { Keeper } from "./keeper.ts";
import type { OperationRow } from "./operation.ts";

const timeOf = (unixMs: number): string => new Date(unixMs).toISOString();

function rowOf(entry: Entry): OperationRow {
  const { id, owner, change, createdAt } = entry;
  const sending = isSending(entry);
  return {
    id,
    state: sending ? "sending" : "unknown",
    kind: kindOf(change),
    gid: gidOf(change) ?? null,
    profile: owner.name,
    url: owner.url,
    credential: owner.credential ?? null,
    request: JSON.parse(writeChange(change)) as unknown,
    detail: sending ? "" : detailOf(entry),
    created_at: timeOf(createdAt),
  };
}

function othersWords(others: readonly Entry[]): readonly string[] {
  const owners = Map.groupBy(others, ({ owner }) => `${owner.name} (${owner.url})`);
  return [...owners].map(
    ([owner, entries]) => `${plural(entries.length, "more change")} of ${owner} may have happened.`,
  );
}

/** The operations that this machine keeps for the profile. */
export const keptHere = ({ list, find, settle }: KeptChanges): Keeper => ({
  list: async (state) => {
    const { entries, others, faults } = await configured(list);
    const operations = entries.map(rowOf).filter((row) => state === undefined || row.state === state);
    return { operations, notes: [...faults, ...othersWords(others)] };
  },
  show: async (id) => rowOf(await configured(() => find(id))),
  resolve: async (id, resolution) => {
    const row = rowOf(await configured(() => find(id)));
    await configured(() => settle({ id, resolution }));
    return { ...row, state: "resolved", resolution: { ...resolution, at: timeOf(Date.now()) } };
  },
});
