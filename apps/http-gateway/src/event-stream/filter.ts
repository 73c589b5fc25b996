import type { Gid } from "@mesibo-groups/core";
import { eventTypes } from "../journal/events.ts";

/** Which events somebody wants. */
export interface EventFilter {
  /** Undefined: every type. */
  readonly types: ReadonlySet<string> | undefined;
  /** Undefined: whatever it is about. */
  readonly gid: Gid | undefined;
}

/** The types that `group.*`, `member.set` or `*` stand for; none where there is no such type. */
export function typesOf(pattern: string): readonly string[] {
  const start = pattern.endsWith("*") ? pattern.slice(0, -1) : undefined;
  const isWhole = start === "" || start?.endsWith(".") === true;
  return eventTypes.filter((type) => (isWhole ? type.startsWith(start) : type === pattern));
}

/** Whether somebody wants an event. */
export function isWanted(
  { types, gid }: EventFilter,
  event: { readonly type: string; readonly gid: Gid | null },
): boolean {
  return (types === undefined || types.has(event.type)) && (gid === undefined || event.gid === gid);
}
