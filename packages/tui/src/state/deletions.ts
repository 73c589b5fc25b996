import { plural } from "../text/words.ts";
import type { Mutation } from "./effects.ts";
import type { Job, Notice, State } from "./model.ts";

type Deletion = Job & { readonly effect: Extract<Mutation, { kind: "delete_group" }> };

const isDeletion = (job: Job): job is Deletion => job.effect.kind === "delete_group";

// What needs most care comes first, and gives all of it its name.
const outcomes = ["unknown", "refused", "not_sent"] as const;

/** How several deletions that were asked for at once have ended; undefined for one alone, or while one is on its way. */
export function deletionsEnded({ jobs }: State, effect: Mutation): Notice | undefined {
  const own = jobs.find((job) => job.effect === effect);
  // What is sent at once has seen one list.
  const deletions = jobs.filter(isDeletion).filter(({ listed }) => listed === own?.listed);
  if (deletions.length < 2 || deletions.some(({ outcome }) => outcome === "running")) return undefined;
  const count = plural(deletions.length, "group");
  const done = deletions.filter(({ outcome }) => outcome === "done").length;
  const failed = outcomes.flatMap((outcome) =>
    deletions
      .filter((job) => job.outcome === outcome)
      .map(({ effect: { gid }, text }) => ({ outcome, gid, text })),
  );
  const [first, ...others] = failed;
  if (first === undefined) return { outcome: "done", text: `${count} are deleted.` };
  const more = others.length === 0 ? "" : ` ${others.length} more: see the jobs.`;
  const { outcome, gid, text } = first;
  return { outcome, text: `${done} of ${count} are deleted. Group ${gid}: ${text}${more}` };
}
