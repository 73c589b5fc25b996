import * as z from "zod/mini";
import type { UserAdd } from "../../domain/requests.ts";
import type { UserResult } from "../../domain/results.ts";
import type { Operation } from "../operation.ts";
import { given } from "../given.ts";
import { answerNumber, bit, integer, text } from "../primitives.ts";

/** `user`, the answer of `useradd` and `usertoken`: `uid` is text in v1 and a number in v2 (D1full, DL, ROWN). */
export const userResult = z.codec(
  z.object({
    user: z.object({
      uid: answerNumber,
      address: z.optional(z.string()),
      appid: z.optional(z.string()),
      token: z.optional(z.string()),
    }),
  }),
  z.custom<UserResult>(),
  { decode: ({ user }) => ({ user: given(user) }), encode: ({ user }) => ({ user: given(user) }) },
);

/** `useradd`: make a user, or give a known one a new token (D1full, D2u). `expiry` is in minutes. */
export const useradd: Operation<"useradd"> = {
  request: z.codec(
    z.object({
      addr: text,
      name: z.optional(text),
      appid: z.optional(text),
      expiry: z.optional(integer),
      active: z.optional(bit),
    }),
    z.custom<UserAdd>(),
    {
      decode: ({ addr, ...rest }) => ({ address: addr, ...given(rest) }),
      encode: ({ address, name, appid, expiry, active }) =>
        given({ addr: address, name, appid, expiry, active }),
    },
  ),
  result: userResult,
};
