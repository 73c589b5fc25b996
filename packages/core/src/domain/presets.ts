import { normalFlags, type GroupFlags } from "./flags.ts";

/** The kinds of group that mesibo's documentation names. */
export type FlagPreset = "normal" | "restricted" | "broadcast" | "public_room" | "hunt_group";

/**
 * Flags of the kinds of group that mesibo's documentation names (D2g, DG).
 *
 * - `normal`: every member sends, every member receives.
 * - `restricted`: members with the send permission send, members with the receive permission receive.
 * - `broadcast`: as few as one member sends, every member receives.
 * - `public_room`: anyone sends, members receive.
 * - `hunt_group`: one member receives each message, in turn.
 *
 * @example
 * ```ts
 * import { encodeFlags, flagPresets } from "@mesibo-groups/core";
 *
 * console.assert(encodeFlags(flagPresets.restricted) === 17);
 * ```
 */
export const flagPresets = Object.freeze({
  normal: normalFlags,
  restricted: Object.freeze({ ...normalFlags, send: "selected", receive: "selected" }),
  broadcast: Object.freeze({ ...normalFlags, send: "selected" }),
  public_room: Object.freeze({ ...normalFlags, send: "anyone" }),
  hunt_group: Object.freeze({ ...normalFlags, receive: "in_turn" }),
}) satisfies Readonly<Record<FlagPreset, GroupFlags>>;
