import { liveGroups as groupsAt } from "../../engine/expiry.ts";
import type { GroupState } from "../../engine/world.ts";
import { ControlProblem } from "../../control/problem.ts";
import type { WorldEntry } from "../../worlds.ts";
import type { Visit } from "../page.ts";

/** The groups of a world whose time is not over. Looking removes none: only requests to mesibo's paths do. */
export function liveGroups({ world, clock }: WorldEntry): readonly GroupState[] {
  return groupsAt(world, clock.now());
}

/** The group that a page is about. */
export function groupOf({ entry, params }: Visit): GroupState {
  const gid = params["gid"] ?? "";
  const group = /^\d{1,10}$/.test(gid) ? entry.world.groups.get(Number(gid)) : undefined;
  if (group === undefined || group.expiresAt <= entry.clock.now())
    throw new ControlProblem("not-found", `World ${entry.id} has no group ${gid}, or its time is over.`);
  return group;
}
