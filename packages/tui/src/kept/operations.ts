import { addsEachTime } from "../call/op-class.ts";
import type { Operations, UnknownOperation } from "../operation.ts";
import { gidOf, kindOf, subjectOf } from "./change.ts";
import type { KeptChanges } from "./changes.ts";
import { detailOf, type Entry } from "./entry.ts";
import { KeptError } from "./error.ts";
import { isSending } from "./sender.ts";

const operationOf = (entry: Entry): UnknownOperation => ({
  id: entry.id,
  kind: kindOf(entry.change),
  gid: gidOf(entry.change),
  name: subjectOf(entry.change),
  adds: addsEachTime(entry.change),
  detail: detailOf(entry),
  createdAt: new Date(entry.createdAt).toISOString(),
});

/** What is kept on this machine, as what a gateway keeps is listed and settled. */
export const keptOperations = ({ list, settle }: KeptChanges): Operations => ({
  settle,
  list: async () => {
    const { entries, faults } = await list();
    // Told once: what is damaged has been set aside.
    if (faults.length > 0) throw new KeptError("conflict", faults.join(" "));
    return entries.filter((entry) => !isSending(entry)).map(operationOf);
  },
});
