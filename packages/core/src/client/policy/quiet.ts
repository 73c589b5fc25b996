import type { Gid } from "../../domain/group.ts";
import { deferred } from "../deferred.ts";
import { now } from "../time.ts";

/** Groups that must not be changed for a while, because a request that was lost may still be on its way. */
export interface Quiet {
  /** Whole milliseconds until the group may be changed again; 0: now. */
  readonly left: (gid: Gid) => number;
  /** Keeps a group quiet for at least so many milliseconds from now on. */
  readonly keep: (interval: { readonly gid: Gid; readonly ms: number }) => void;
  /** Lets a group be changed at once: somebody has looked, and knows what became of the lost request. */
  readonly end: (gid: Gid) => void;
}

/** The same, with what only the client needs. */
export interface QuietGroups extends Quiet {
  /** Resolves when {@link Quiet.end} is called; undefined where the group is not quiet. */
  readonly ended: (gid: Gid) => Promise<void> | undefined;
  readonly count: () => number;
}

const leftOf = ({ until }: { readonly until: number }): number => Math.max(0, Math.ceil(until - now()));

/** Makes an empty list of quiet groups. */
export function createQuiet(): QuietGroups {
  const groups = new Map<Gid, { until: number; readonly ended: ReturnType<typeof deferred<void>> }>();

  function forgetPast(): void {
    for (const [gid, group] of groups) if (leftOf(group) === 0) groups.delete(gid);
  }

  return {
    left: (gid) => {
      const group = groups.get(gid);
      return group === undefined ? 0 : leftOf(group);
    },
    keep: ({ gid, ms }) => {
      forgetPast();
      if (ms <= 0) return;
      const group = groups.get(gid) ?? { until: 0, ended: deferred<void>() };
      group.until = Math.max(group.until, now() + ms);
      groups.set(gid, group);
    },
    end: (gid) => {
      groups.get(gid)?.ended.resolve();
      groups.delete(gid);
    },
    ended: (gid) => groups.get(gid)?.ended.promise,
    count: () => {
      forgetPast();
      return groups.size;
    },
  };
}
