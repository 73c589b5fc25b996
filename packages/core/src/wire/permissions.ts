import * as z from "zod/mini";
import type { Permissions } from "../domain/permissions.ts";
import { given } from "./given.ts";
import { bit } from "./primitives.ts";

/** The five permissions as flat parameters; each may be left out. */
export const permissionParams = {
  cs: z.optional(bit),
  cr: z.optional(bit),
  canpub: z.optional(bit),
  cansub: z.optional(bit),
  canlist: z.optional(bit),
};

interface PermissionValues {
  readonly cs?: boolean | undefined;
  readonly cr?: boolean | undefined;
  readonly canpub?: boolean | undefined;
  readonly cansub?: boolean | undefined;
  readonly canlist?: boolean | undefined;
}

/** Flat permission values as domain permissions; what was not given is left out. */
export function readPermissions(values: PermissionValues): Partial<Permissions> {
  const { cs, cr, canpub, cansub, canlist } = values;
  return given({ send: cs, receive: cr, publish: canpub, subscribe: cansub, list: canlist });
}

/** Domain permissions as flat permission values. */
export function writePermissions(permissions: Partial<Permissions>): PermissionValues {
  const { send, receive, publish, subscribe, list } = permissions;
  return given({ cs: send, cr: receive, canpub: publish, cansub: subscribe, canlist: list });
}
