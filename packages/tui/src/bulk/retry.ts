import { planEdits, type Plan } from "./plan.ts";
import type { JobResult } from "./result.ts";

/**
 * Sends again what was not done, removals only where all else is done. To add or remove twice is to do it once, so
 * an unknown outcome may go again.
 */
export const retryJob = ({ refused, unknown, notSent }: JobResult): Plan => ({
  ...planEdits([...refused, ...unknown, ...notSent].map(({ edit }) => edit)),
  strict: true,
});
