import * as z from "zod/mini";
import type { UsersGet } from "../../domain/requests.ts";
import type { Operation } from "../operation.ts";
import { given } from "../given.ts";
import { answerBit, answerNumber, text, uint } from "../primitives.ts";

const userRow = z.object({
  uid: answerNumber,
  address: z.string(),
  active: answerBit,
  pinned: answerBit,
  online: answerBit,
  flag: answerNumber,
  appid: z.string(),
});

/** `usersget`: list users, "for development only" (D1full). The row's fields: ROWN, CON. */
export const usersget: Operation<"usersget"> = {
  request: z.codec(z.object({ addr: z.optional(text), count: z.optional(uint) }), z.custom<UsersGet>(), {
    decode: ({ addr, count }) => given({ pattern: addr, count }),
    encode: ({ pattern, count }) => given({ addr: pattern, count }),
  }),
  result: z.object({ users: z.array(userRow), count: answerNumber, userscount: answerNumber }),
};
