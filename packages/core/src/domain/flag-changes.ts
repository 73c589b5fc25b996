import { decodeFlags, encodeFlags, type GroupFlags } from "./flags.ts";

/** The fields of {@link GroupFlags} that a caller may change. */
export type FlagChanges = {
  readonly [Field in Exclude<keyof GroupFlags, "conflicts">]?: GroupFlags[Field] | undefined;
};

/**
 * `flags` with some fields changed. Naming a choice settles its contradiction; everything else is kept,
 * unknown bits included. A field that is undefined is not changed.
 *
 * @example
 * ```ts
 * import { decodeFlags, encodeFlags, withFlags } from "@mesibo-groups/core";
 *
 * console.assert(encodeFlags(withFlags(decodeFlags(3), { send: "anyone" })) === 2);
 * ```
 */
export function withFlags(flags: GroupFlags, changes: FlagChanges): GroupFlags {
  const {
    send = flags.send,
    receive = flags.receive,
    store = flags.store,
    loopback = flags.loopback,
    other = flags.other,
  } = changes;
  const conflicts = flags.conflicts.filter(({ field }) => changes[field] === undefined);

  return decodeFlags(encodeFlags({ send, receive, store, loopback, other, conflicts }));
}
