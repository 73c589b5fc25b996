import { decodeFlags } from "@mesibo-groups/core";
import * as z from "zod";
import { changeGroup as writeChange, findGroup } from "../../directory/groups.ts";
import { etagOf } from "../../etag.ts";
import { viewGroup } from "../../views.ts";
import type { Kind } from "../kind.ts";

const request = z.strictObject({
  gid: z.int(),
  name: z.string().optional(),
  flag: z.int().optional(),
  expiry: z.int().optional(),
  expiryext: z.int().optional(),
  active: z.boolean().optional(),
});

/** What to change in a group; what is not named stays. The flag is the whole word; the expiry is in seconds. */
export type ChangeGroup = z.output<typeof request>;

/** Changes a group. */
export const changeGroup: Kind<ChangeGroup, void> = {
  name: "change_group",
  request,
  repeatable: true,
  gid: ({ gid }) => gid,
  call: (client, { flag, ...change }, options) => {
    const flags = flag === undefined ? undefined : decodeFlags(flag);
    // The caller's own flags were checked; contradictory bits that the group already has are kept.
    return client.groups.edit({ ...change, flags }, { ...options, keepConflicts: true });
  },
  late: ({ gid, ...change }, { isTouched }) => {
    const left = Object.entries(change).filter(([field]) => !isTouched(field));
    return { request: request.parse({ gid, ...Object.fromEntries(left) }) };
  },
  settle: async ({ db }, { request: { gid, name, flag, expiry, expiryext, active }, at, sentAt }) => {
    const before = await findGroup(db, gid);
    // Deleted or forgotten while the change was under way: there is nothing left to show.
    if (before === undefined) return { gid, events: [], answer: { status: 204, headers: {} } };
    const group = await writeChange(db, {
      gid,
      name: name ?? before.name,
      flags: flag === undefined ? before.flags : decodeFlags(flag),
      expiresAt: expiry === undefined ? before.expiresAt : sentAt + expiry * 1000,
      expiryExtension: expiryext ?? before.expiryExtension,
      active: active ?? before.active,
      at,
    });
    const body = viewGroup(group ?? before);
    return {
      gid,
      events: [{ type: "group.updated", gid, payload: body, at }],
      answer: { status: 200, headers: { etag: etagOf(body.version) }, body },
    };
  },
};
