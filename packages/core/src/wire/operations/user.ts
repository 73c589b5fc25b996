import * as z from "zod/mini";
import type { UserDel, UserRef, UserSet, UserToken } from "../../domain/requests.ts";
import type { Operation } from "../operation.ts";
import { given } from "../given.ts";
import { address, bit, gid, integer, text, uint } from "../primitives.ts";
import { envelopeOnly } from "./groupdel.ts";
import { userResult, userResultV1 } from "./useradd.ts";

// mesibo: v1 names a user by uid (D1full), v2 by address or uid (SAM22, ROWN); the engine asks for one of them.
const refParams = { uid: z.optional(gid), addr: z.optional(address) };

interface Ref {
  readonly uid?: number | undefined;
  readonly addr?: string | undefined;
}

const readRef = ({ uid, addr }: Ref): UserRef => given({ uid, address: addr });
const writeRef = ({ uid, address }: UserRef): Ref => given({ uid, addr: address });

/** `userset`: change a user (D1full, SAM22; `pinned` from CON). */
export const userset: Operation<"userset"> = {
  request: z.codec(
    z.object({
      ...refParams,
      name: z.optional(text),
      flag: z.optional(uint),
      active: z.optional(bit),
      pinned: z.optional(bit),
    }),
    z.custom<UserSet>(),
    {
      decode: ({ uid, addr, ...rest }) => ({ ...readRef({ uid, addr }), ...given(rest) }),
      encode: ({ name, flag, active, pinned, ...ref }) =>
        given({ ...writeRef(ref), name, flag, active, pinned }),
    },
  ),
  result: envelopeOnly,
};

/** `userdel`: remove a user (D1, SAM22, ROWN). */
export const userdel: Operation<"userdel"> = {
  request: z.codec(z.object(refParams), z.custom<UserDel>(), { decode: readRef, encode: writeRef }),
  result: envelopeOnly,
};

/** `usertoken`: make a user token, or remove it with `delete` (CON, fxjordan). `expiry` is in minutes. */
export const usertoken: Operation<"usertoken"> = {
  request: z.codec(
    z.object({
      ...refParams,
      appid: z.optional(text),
      expiry: z.optional(integer),
      delete: z.optional(bit),
    }),
    z.custom<UserToken>(),
    {
      decode: ({ uid, addr, appid, expiry, delete: remove }) => ({
        ...readRef({ uid, addr }),
        ...given({ appid, expiry, remove }),
      }),
      encode: ({ appid, expiry, remove, ...ref }) =>
        given({ ...writeRef(ref), appid, expiry, delete: remove }),
    },
  ),
  result: userResult,
  resultV1: userResultV1,
};
