import { liveGroups } from "../engine/expiry.ts";
import { maskToken } from "../mask.ts";
import type { WorldEntry } from "../worlds.ts";

/** A world in a few numbers. */
export const summaryOf = ({ id, token, world, clock, journal }: WorldEntry) => ({
  id,
  token: maskToken(token),
  users: world.users.size,
  groups: liveGroups(world, clock.now()).length,
  requests: journal.count(),
  now: clock.now(),
});
