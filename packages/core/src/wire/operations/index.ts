import type { OpName } from "../../domain/requests.ts";
import type { Operations } from "../operation.ts";
import { groupadd } from "./groupadd.ts";
import { groupdel } from "./groupdel.ts";
import { groupeditmembers } from "./groupeditmembers.ts";
import { groupgetmembers } from "./groupgetmembers.ts";
import { groupset } from "./groupset.ts";
import { groupsget } from "./groupsget.ts";
import { message } from "./message.ts";
import { userdel, userset, usertoken } from "./user.ts";
import { useradd } from "./useradd.ts";
import { usersget } from "./usersget.ts";

/** Every operation with its two codecs: what the client encodes, the mock decodes, and the reverse. */
export const operations: Operations = {
  useradd,
  userset,
  userdel,
  usersget,
  usertoken,
  groupadd,
  groupset,
  groupdel,
  groupeditmembers,
  groupgetmembers,
  groupsget,
  message,
};

const opAliases = new Map<string, OpName>([
  // mesibo: the old PHP helpers say getmembers (MAB, CONF). That the server takes it is INFERRED.
  ["getmembers", "groupgetmembers"],
]);

const isOpName = (op: string): op is OpName => Object.hasOwn(operations, op);

/**
 * Every operation's `op`.
 *
 * @example
 * ```ts
 * import { opNames } from "@mesibo-groups/core/wire";
 *
 * console.assert(opNames.includes("groupadd") && opNames.length === 12);
 * ```
 */
export const opNames: readonly OpName[] = Object.keys(operations).filter(isOpName);

/**
 * The operation that `op` names, or undefined for one that mesibo would answer with BADOP.
 *
 * @example
 * ```ts
 * import { findOp } from "@mesibo-groups/core/wire";
 *
 * console.assert(findOp("getmembers") === "groupgetmembers" && findOp("groupmake") === undefined);
 * ```
 */
export function findOp(op: string): OpName | undefined {
  return isOpName(op) ? op : opAliases.get(op);
}
