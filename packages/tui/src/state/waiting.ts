import { isReading, type ReadingEffect } from "./effects.ts";
import type { Running, State } from "./model.ts";

/** The question that `esc` drops: one whose answer takes more than a second. */
export function droppable({ running, dialog }: State): ReadingEffect | undefined {
  if (dialog !== undefined) return undefined;
  const task = running.findLast(({ effect, seconds }) => isReading(effect) && seconds !== undefined);
  return task !== undefined && isReading(task.effect) ? task.effect : undefined;
}

/** How long a task takes already, and how it is dropped, for the status line; empty in the first second. */
export function waitWords(state: State, { effect, seconds }: Running): string {
  if (seconds === undefined) return "";
  return `, ${seconds} s${droppable(state) === effect ? ", esc cancels" : ""}`;
}
