import * as z from "zod/mini";
import type { Message } from "../../domain/requests.ts";
import type { Operation } from "../operation.ts";
import { given } from "../given.ts";
import { address, addresses, answerNumber, bit, integer, text, uint } from "../primitives.ts";

/** `message`: send to users or to a group (MAB in v1, D2m in v2). `gid` 0 is no group (D2m). */
export const message: Operation<"message"> = {
  request: z.codec(
    z.object({
      from: address,
      to: z.optional(addresses),
      gid: z.optional(uint),
      msg: z.optional(text),
      type: z.optional(uint),
      expiry: z.optional(integer),
      flag: z.optional(uint),
      forced: z.optional(bit),
    }),
    z.custom<Message>(),
    {
      decode: ({ to = [], gid, msg = "", ...rest }) => ({
        to,
        text: msg,
        ...given({ ...rest, gid: gid === 0 ? undefined : gid }),
        from: rest.from,
      }),
      encode: ({ from, to, gid, text: msg, type, expiry, flag, forced }) =>
        given({ from, to, gid, msg, type, expiry, flag, forced }),
    },
  ),
  result: z.object({ mid: z.optional(answerNumber) }),
};
