import { bits, type GroupFlags } from "./flags.ts";

/** A choice about calls, held in `other`: known from mesibo's SDK header and console only. */
export type CallMode = "members" | "selected" | "anyone";

/**
 * Who may publish, subscribe or list publishers in the group's calls (HDR, CON).
 *
 * @example
 * ```ts
 * import { callMode, decodeFlags } from "@mesibo-groups/core";
 *
 * console.assert(callMode(decodeFlags(256), "publish") === "selected");
 * ```
 */
export function callMode(flags: GroupFlags, action: "publish" | "subscribe" | "list"): CallMode {
  if ((flags.other & bits[`${action}Anyone`]) !== 0) return "anyone";
  return (flags.other & bits[`${action}Selected`]) === 0 ? "members" : "selected";
}
