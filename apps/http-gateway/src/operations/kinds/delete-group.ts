import * as z from "zod";
import { dropGroup } from "../../directory/groups.ts";
import type { Kind } from "../kind.ts";

const request = z.strictObject({ gid: z.int() });

/** A group to delete. */
export type DeleteGroup = z.output<typeof request>;

/** Deletes a group with its memberships. */
export const deleteGroup: Kind<DeleteGroup, "gone"> = {
  name: "delete_group",
  request,
  repeatable: true,
  gid: ({ gid }) => gid,
  call: async (client, { gid }, options) => {
    await client.groups.delete(gid, options);
    return "gone";
  },
  // mesibo: no source names the string for an unknown group; that it names gid is what we have (section 5.2).
  doneBefore: ({ refusal }) => (refusal.properties?.includes("gid") === true ? "gone" : undefined),
  settle: async ({ db }, { request: { gid }, at }) => {
    const known = await dropGroup(db, { gid, at });
    return {
      gid,
      events: known ? [{ type: "group.deleted", gid, payload: { gid }, at }] : [],
      answer: { status: 204, headers: {} },
    };
  },
};
