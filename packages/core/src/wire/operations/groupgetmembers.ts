import * as z from "zod/mini";
import type { MembersResult } from "../../domain/results.ts";
import type { Operation } from "../operation.ts";
import { given } from "../given.ts";
import { answerBit, answerGid, answerNumber, gid, textual, uint } from "../primitives.ts";

const memberRow = z.object({
  uid: z.optional(answerNumber),
  address: z.string(),
  permissions: z.object({
    send: answerBit,
    recv: answerBit,
    pub: answerBit,
    sub: answerBit,
    list: answerBit,
  }),
});

const legacyBit = z._default(textual.bit, false);

// mesibo: the console reads address, cansend and canrecv and shows three more columns whose keys it hides (CON);
// canpub, cansub and canlist are INFERRED.
const legacyRow = z.object({
  address: z.string(),
  cansend: textual.bit,
  canrecv: textual.bit,
  canpub: legacyBit,
  cansub: legacyBit,
  canlist: legacyBit,
});

const membersV1 = z.codec(z.object({ members: z.array(legacyRow) }), z.custom<MembersResult>(), {
  decode: ({ members }) => ({
    members: members.map(({ address, cansend, canrecv, canpub, cansub, canlist }) => ({
      address,
      permissions: { send: cansend, receive: canrecv, publish: canpub, subscribe: cansub, list: canlist },
    })),
  }),
  encode: ({ members }) => ({
    members: members.map(({ address, permissions: { send, receive, publish, subscribe, list } }) => ({
      address,
      cansend: send,
      canrecv: receive,
      canpub: publish,
      cansub: subscribe,
      canlist: list,
    })),
  }),
});

/** `groupgetmembers`: list members, "for development only" (D1full). v2's shape of the answer: PARK. */
export const groupgetmembers: Operation<"groupgetmembers"> = {
  request: z.object({ gid, count: z.optional(uint) }),
  result: z.codec(
    z.object({ count: z.optional(answerNumber), gid: z.optional(answerGid), members: z.array(memberRow) }),
    z.custom<MembersResult>(),
    {
      decode: ({ count, gid: group, members }) => ({
        ...given({ count, gid: group }),
        members: members.map(({ uid, address, permissions: { send, recv, pub, sub, list } }) => ({
          ...given({ uid }),
          address,
          permissions: { send, receive: recv, publish: pub, subscribe: sub, list },
        })),
      }),
      encode: ({ count, gid: group, members }) => ({
        ...given({ count, gid: group }),
        members: members.map(
          ({ uid, address, permissions: { send, receive, publish, subscribe, list } }) => ({
            ...given({ uid }),
            address,
            permissions: { send, recv: receive, pub: publish, sub: subscribe, list },
          }),
        ),
      }),
    },
  ),
  resultV1: membersV1,
};
