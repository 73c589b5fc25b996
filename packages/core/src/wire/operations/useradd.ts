import * as z from "zod/mini";
import type { UserAdd } from "../../domain/requests.ts";
import type { Operation } from "../operation.ts";
import { given } from "../given.ts";
import { address, bit, integer, numeric, text, textual } from "../primitives.ts";

/** `user`, v2's answer of `useradd` and `usertoken` (DL, ROWN). */
export const userResult = z.object({
  user: z.object({
    uid: numeric.number,
    address: z.optional(z.string()),
    appid: z.optional(z.string()),
    token: z.optional(z.string()),
  }),
});

/** v1's: `uid` is text and the address is left out (D1full, fxjordan). */
export const userResultV1 = z.object({
  user: z.object({
    uid: textual.number,
    appid: z.optional(z.string()),
    token: z.optional(z.string()),
  }),
});

/** `useradd`: make a user, or give a known one a new token (D1full, D2u). `expiry` is in minutes. */
export const useradd: Operation<"useradd"> = {
  request: z.codec(
    z.object({
      addr: address,
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
  resultV1: userResultV1,
};
