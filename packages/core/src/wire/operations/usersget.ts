import * as z from "zod/mini";
import type { UsersGet } from "../../domain/requests.ts";
import type { Operation } from "../operation.ts";
import { given } from "../given.ts";
import { answerNumber, numeric, text, textual, uint, type Spelling } from "../primitives.ts";

const usersAnswer = ({ number, bit }: Spelling) =>
  z.object({
    users: z.array(
      z.object({
        uid: number,
        address: z.string(),
        active: bit,
        pinned: bit,
        online: bit,
        flag: number,
        appid: z.string(),
      }),
    ),
    count: answerNumber,
    userscount: answerNumber,
  });

/** `usersget`: list users, "for development only" (D1full). The row's fields: ROWN, CON. */
export const usersget: Operation<"usersget"> = {
  request: z.codec(z.object({ addr: z.optional(text), count: z.optional(uint) }), z.custom<UsersGet>(), {
    decode: ({ addr, count }) => given({ pattern: addr, count }),
    encode: ({ pattern, count }) => given({ addr: pattern, count }),
  }),
  result: usersAnswer(numeric),
  resultV1: usersAnswer(textual),
};
