import * as z from "zod/mini";
import type { GroupAdd, GroupSettings, GroupMembers } from "../../domain/requests.ts";
import type { Operation } from "../operation.ts";
import { given } from "../given.ts";
import { permissionParams, readPermissions, writePermissions } from "../permissions.ts";
import { addresses, answerGid, bit, flags, integer, text, uint } from "../primitives.ts";

/** Parameters that `groupadd` and `groupset` share. */
export const settingsParams = {
  name: z.optional(text),
  flag: z.optional(flags),
  // mesibo: seconds by SEED and D1full; its playground says minutes (PG).
  expiry: z.optional(integer),
  expiryext: z.optional(uint),
  active: z.optional(bit),
  pinned: z.optional(bit),
  sflags: z.optional(uint),
  m: z.optional(addresses),
  ...permissionParams,
};

type Settings = z.output<z.ZodMiniObject<typeof settingsParams>>;

/** Decoded parameters as a group's settings and members. */
export function readSettings(values: Settings): GroupSettings & GroupMembers {
  const { name, flag, expiry, expiryext, active, pinned, sflags, m } = values;
  const permissions = readPermissions(values);
  return given({
    name,
    flags: flag,
    expiry,
    expiryext,
    active,
    pinned,
    sflags,
    members: m,
    permissions: Object.keys(permissions).length === 0 ? undefined : permissions,
  });
}

/** A group's settings and members as parameters to encode. */
export function writeSettings(settings: GroupSettings & GroupMembers): Settings {
  const {
    name,
    flags: flag,
    expiry,
    expiryext,
    active,
    pinned,
    sflags,
    members: m,
    permissions = {},
  } = settings;
  return given({
    name,
    flag,
    expiry,
    expiryext,
    active,
    pinned,
    sflags,
    m,
    ...writePermissions(permissions),
  });
}

/** `group.gid`, the answer of `groupadd` and `groupset`. */
export const groupResult = z.object({ group: z.object({ gid: answerGid }) });

/**
 * `groupadd`: make a group (SEED, D1full; `m` and the permissions from MAB and CONF).
 *
 * mesibo: official helpers send `gid` 0 or empty here, so `gid` is no parameter of this operation.
 */
export const groupadd: Operation<"groupadd"> = {
  request: z.codec(z.object(settingsParams), z.custom<GroupAdd>(), {
    decode: readSettings,
    encode: writeSettings,
  }),
  result: groupResult,
};
