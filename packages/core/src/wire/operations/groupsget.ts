import * as z from "zod/mini";
import type { GroupsGet } from "../../domain/requests.ts";
import type { GroupsResult } from "../../domain/results.ts";
import type { Operation } from "../operation.ts";
import { given } from "../given.ts";
import { answerGid, answerNumber, numeric, text, textual, uint, type Spelling } from "../primitives.ts";
import { decodeFlags, encodeFlags } from "../../domain/flags.ts";

// mesibo: gid is a number in every generation (recorded, ND).
const groupsAnswer = ({ number, word, bit }: Spelling) =>
  z.codec(
    z.object({
      groups: z.array(
        z.object({
          gid: answerGid,
          name: z.string(),
          flag: word,
          pinned: bit,
          expinsec: number,
          expiryext: number,
          active: bit,
        }),
      ),
      count: answerNumber,
      groupscount: answerNumber,
    }),
    z.custom<GroupsResult>(),
    {
      decode: ({ groups, ...counts }) => ({
        ...counts,
        groups: groups.map(({ gid, name, flag, expinsec, expiryext, active, pinned }) => ({
          gid,
          name,
          flags: decodeFlags(flag),
          expiry: expinsec,
          expiryext,
          active,
          pinned,
        })),
      }),
      encode: ({ groups, ...counts }) => ({
        ...counts,
        groups: groups.map(({ gid, name, flags, expiry, expiryext, active, pinned }) => ({
          gid,
          name,
          flag: encodeFlags(flags),
          pinned,
          expinsec: expiry,
          expiryext,
          active,
        })),
      }),
    },
  );

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
  result: groupsAnswer(numeric),
  resultV1: groupsAnswer(textual),
};
