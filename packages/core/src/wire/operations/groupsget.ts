import * as z from "zod/mini";
import type { GroupsGet } from "../../domain/requests.ts";
import type { GroupsResult } from "../../domain/results.ts";
import type { Operation } from "../operation.ts";
import { given } from "../given.ts";
import { answerBit, answerNumber, text, uint } from "../primitives.ts";
import { decodeFlags, encodeFlags } from "../../domain/flags.ts";

const groupRow = z.object({
  gid: answerNumber,
  name: z.string(),
  flag: answerNumber,
  pinned: answerBit,
  expinsec: answerNumber,
  expiryext: answerNumber,
  active: answerBit,
});

/**
 * `groupsget`: list groups, known from mesibo's console alone (CON).
 *
 * The names `groups`, `count` and `groupscount` of the answer are INFERRED, by analogy with `usersget`; so is
 * the parameter `name` for the console's search text.
 */
export const groupsget: Operation<"groupsget"> = {
  request: z.codec(z.object({ name: z.optional(text), count: z.optional(uint) }), z.custom<GroupsGet>(), {
    decode: ({ name, count }) => given({ pattern: name, count }),
    encode: ({ pattern, count }) => given({ name: pattern, count }),
  }),
  result: z.codec(
    z.object({ groups: z.array(groupRow), count: answerNumber, groupscount: answerNumber }),
    z.custom<GroupsResult>(),
    {
      decode: ({ groups, ...counts }) => ({
        ...counts,
        groups: groups.map(({ flag, expinsec, ...row }) => ({
          ...row,
          flags: decodeFlags(flag),
          expiry: expinsec,
        })),
      }),
      encode: ({ groups, ...counts }) => ({
        ...counts,
        groups: groups.map(({ flags, expiry, ...row }) => ({
          ...row,
          flag: encodeFlags(flags),
          expinsec: expiry,
        })),
      }),
    },
  ),
};
