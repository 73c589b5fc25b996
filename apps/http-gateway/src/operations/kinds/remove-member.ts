import * as z from "zod";
import { dropMembers } from "../../directory/members.ts";
import type { Kind } from "../kind.ts";
import { memberPart } from "../operation.ts";

const request = z.strictObject({ gid: z.int(), address: z.string() });

/** A member to remove. */
export type RemoveMember = z.output<typeof request>;

/** Removes a member. Whoever is none is none afterwards either. */
export const removeMember: Kind<RemoveMember, void> = {
  name: "remove_member",
  request,
  repeatable: true,
  gid: ({ gid }) => gid,
  call: async (client, { gid, address }, options) => {
    const edit = { gid, members: [address], permissions: {}, remove: true };
    await client.call("groupeditmembers", edit, options);
  },
  late: (edit, { isTouched }) =>
    isTouched(memberPart(edit.address)) ? { answer: { status: 204, headers: {} } } : { request: edit },
  settle: async ({ db }, { request: { gid, address }, at }) => {
    await dropMembers(db, { gid, addresses: [address] });
    return {
      gid,
      subject: address,
      events: [{ type: "member.removed", gid, subject: address, payload: { gid, address }, at }],
      answer: { status: 204, headers: {} },
    };
  },
};
