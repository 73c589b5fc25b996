import type { Edit } from "./edit.ts";
import { planEdits, type Plan } from "./plan.ts";
import { lookUp, type Known, type Present } from "./present.ts";
import type { JobResult } from "./result.ts";
import { samePermissions } from "./same.ts";

/** A job that ran, and what was known before it and is known now. */
export interface UndoQuestion {
  readonly result: JobResult;
  /** The members as they were before the job. */
  readonly before: Present;
  /** The members as they are now; without them nothing that happened since is noticed. */
  readonly now?: Present | undefined;
}

/** What cannot be taken back, and why. */
export interface Kept {
  readonly edit: Edit;
  readonly reason: string;
}

/** What takes a job back. */
export interface Undo {
  readonly plan: Plan;
  readonly kept: readonly Kept[];
}

function asJobLeftIt(edit: Edit, now: Known): boolean {
  if (now === "unknown") return true;
  if (edit.kind === "remove" || now === "absent") return edit.kind === "remove" && now === "absent";
  return samePermissions(edit.permissions, now);
}

const changedNothing = (edit: Edit, before: Known): boolean =>
  edit.kind === "put" && typeof before !== "string" && samePermissions(edit.permissions, before);

function asBefore(before: Known, now: Known): boolean {
  if (typeof before === "string" || typeof now === "string") return before === now && before !== "unknown";
  return samePermissions(before, now);
}

/**
 * What takes a job back: who was new is removed, who was changed or removed gets the earlier permissions. An edit
 * of unknown outcome is taken back too, because that is right whether or not it happened. What somebody changed
 * since is left alone, and so is what was not known before.
 */
export function undoJob({ result, before, now }: UndoQuestion): Undo {
  const earlier = lookUp(before);
  const current = lookUp(now ?? { members: [], complete: false });
  const edits: Edit[] = [];
  const kept: Kept[] = [];
  for (const edit of [...result.done, ...result.unknown.map(({ edit }) => edit)]) {
    const { line, address } = edit;
    const was = earlier(address);
    const is = current(address);
    if (changedNothing(edit, was) || asBefore(was, is)) continue;
    if (was === "unknown") {
      kept.push({ edit, reason: "not known whether it was a member before, and with which permissions" });
    } else if (!asJobLeftIt(edit, is)) {
      kept.push({ edit, reason: "changed by somebody since" });
    } else if (was === "absent") {
      edits.push({ kind: "remove", line, address });
    } else {
      edits.push({ kind: "put", line, address, permissions: was });
    }
  }
  return { plan: planEdits(edits), kept };
}
