import type { Gid } from "@mesibo-groups/core";
import * as z from "zod";

/** Which groups a key may touch: those that are listed, and those whose name begins so. */
export const groupRule = z.strictObject({
  gids: z.array(z.int()).readonly().optional(),
  name_prefix: z.string().min(1).optional(),
});

/** Which groups a key may touch. Undefined stands for every group. */
export type GroupRule = z.output<typeof groupRule>;

/** A group, or one that is to be made. */
export interface Touched {
  readonly gid?: Gid | undefined;
  /** Undefined where the gateway knows no such group. */
  readonly name?: string | undefined;
}

/** Whether a key with this rule may touch a group. Everything that decides on a group asks here. */
export function mayTouch(rule: GroupRule | undefined, { gid, name }: Touched): boolean {
  if (rule === undefined) return true;
  const { gids, name_prefix: prefix } = rule;
  if (gid !== undefined && gids?.includes(gid) === true) return true;
  return prefix !== undefined && name?.startsWith(prefix) === true;
}
