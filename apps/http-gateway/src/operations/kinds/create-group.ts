import { DEFAULT_GROUP_EXPIRY, decodeFlags, MAX_GID, UnknownOutcomeError } from "@mesibo-groups/core";
import * as z from "zod";
import { saveGroup } from "../../directory/groups.ts";
import { etagOf } from "../../etag.ts";
import { viewGroup } from "../../views.ts";
import type { Kind } from "../kind.ts";

const request = z.strictObject({
  name: z.string(),
  flag: z.int(),
  expiry: z.int().optional(),
  expiryext: z.int().optional(),
  active: z.boolean().optional(),
});

/** A group to create. The flag is the word; the expiry is in seconds. */
export type CreateGroup = z.output<typeof request>;

/** Makes a group. Never repeated once it may have been sent: mesibo makes a second one. */
export const createGroup: Kind<CreateGroup, { readonly gid: number }> = {
  name: "create_group",
  request,
  repeatable: false,
  gid: () => undefined,
  call: async (client, { flag, ...group }, options) => {
    const created = await client.groups.create({ ...group, flags: decodeFlags(flag) }, options);
    if (created.gid >= 1 && created.gid <= MAX_GID) return created;
    const facts = { op: "groupadd", kind: "protocol", sent: "yes", attempts: 1 } as const;
    throw new UnknownOutcomeError(facts, `the gid ${created.gid}, which no group can have`);
  },
  settle: async (
    { db },
    { request: { name, flag, expiry, expiryext, active }, result: { gid }, at, sentAt },
  ) => {
    const group = await saveGroup(db, {
      gid,
      name,
      flags: decodeFlags(flag),
      expiresAt: sentAt + (expiry ?? DEFAULT_GROUP_EXPIRY) * 1000,
      expiryExtension: expiryext ?? 0,
      active: active ?? true,
      source: "created",
      at,
    });
    const body = viewGroup(group);
    return {
      gid,
      events: [{ type: "group.created", gid, payload: body, at }],
      answer: { status: 201, headers: { location: `/v1/groups/${gid}`, etag: etagOf(group.version) }, body },
    };
  },
};
