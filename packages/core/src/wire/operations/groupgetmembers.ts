import * as z from "zod/mini";
import type { MembersResult } from "../../domain/results.ts";
import type { Operation } from "../operation.ts";
import { given } from "../given.ts";
import { answerBit, answerNumber, gid, uint } from "../primitives.ts";

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

/** `groupgetmembers`: list members, "for development only" (D1full). v2's shape of the answer: PARK. */
export const groupgetmembers: Operation<"groupgetmembers"> = {
  request: z.object({ gid, count: z.optional(uint) }),
  result: z.codec(
    z.object({ count: z.optional(answerNumber), gid: z.optional(answerNumber), members: z.array(memberRow) }),
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
};
