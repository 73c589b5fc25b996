import * as z from "zod/mini";
import type { GroupEditMembers } from "../../domain/requests.ts";
import type { Operation } from "../operation.ts";
import { given } from "../given.ts";
import { permissionParams, readPermissions, writePermissions } from "../permissions.ts";
import { addresses, bit, gid } from "../primitives.ts";
import { envelopeOnly } from "./groupdel.ts";

/**
 * `groupeditmembers`: add, change or remove members (SEED). The answer is the envelope alone (recorded, ND).
 */
export const groupeditmembers: Operation<"groupeditmembers"> = {
  request: z.codec(
    z.object({ gid, m: addresses, ...permissionParams, delete: z.optional(bit) }),
    z.custom<GroupEditMembers>(),
    {
      decode: (values) => ({
        gid: values.gid,
        members: values.m,
        permissions: readPermissions(values),
        remove: values.delete ?? false,
      }),
      encode: ({ gid: group, members, permissions, remove }) =>
        given({ gid: group, m: members, ...writePermissions(permissions), delete: remove }),
    },
  ),
  result: envelopeOnly,
};
