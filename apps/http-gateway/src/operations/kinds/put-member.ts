import * as z from "zod";
import { findMember, setMembers } from "../../directory/members.ts";
import { etagOf } from "../../etag.ts";
import { viewMember } from "../../views.ts";
import type { Kind } from "../kind.ts";
import { memberPart } from "../operation.ts";
import { permissions } from "./permissions.ts";

const request = z.strictObject({ gid: z.int(), address: z.string(), permissions });

/** A member to add, or to set. */
export type PutMember = z.output<typeof request>;

/** Adds a member, or sets the permissions of one. */
export const putMember: Kind<PutMember, void> = {
  name: "put_member",
  request,
  repeatable: true,
  gid: ({ gid }) => gid,
  // One address, so the op itself and not the client's batches: its error says what became of this one.
  call: async (client, { gid, address, permissions }, options) => {
    const edit = { gid, members: [address], permissions, remove: false };
    await client.call("groupeditmembers", edit, options);
  },
  // The member as asked for: who has them meanwhile, and how, is what later ones were answered.
  late: (edit, { isTouched, sentAt }) => {
    if (!isTouched(memberPart(edit.address))) return { request: edit };
    const body = viewMember({ ...edit, version: 1, source: "set", observedAt: sentAt });
    return { answer: { status: 200, headers: {}, body } };
  },
  settle: async ({ db }, { request: { gid, address, permissions }, at }) => {
    await setMembers(db, { gid, addresses: [address], permissions, source: "set", at });
    const member = await findMember(db, { gid, address });
    if (member === undefined) throw new Error("a member was written and cannot be read");
    const body = viewMember(member);
    const isNew = member.version === 1;
    return {
      gid,
      subject: address,
      events: [{ type: "member.set", gid, subject: address, payload: body, at }],
      answer: {
        status: isNew ? 201 : 200,
        headers: {
          etag: etagOf(member.version),
          ...(isNew ? { location: `/v1/groups/${gid}/members/${encodeURIComponent(address)}` } : {}),
        },
        body,
      },
    };
  },
};
