import { z } from "@hono/zod-openapi";
import { DEFAULT_GROUP_EXPIRY } from "@mesibo-groups/core";
import { flagFields, flagsView, flagWord } from "./flags.ts";
import { groupName, toggle, whole } from "./primitives.ts";

const MAX_SECONDS = 2 ** 32 - 1;

const settings = {
  flags: flagFields.optional(),
  flag: flagWord.optional(),
  expires_in_seconds: whole({ from: 1, to: MAX_SECONDS })
    .optional()
    .openapi({
      description: `Lifetime in seconds. A new group's default: ${DEFAULT_GROUP_EXPIRY}, one year.`,
    }),
  expiry_extension_seconds: whole({ from: 0, to: MAX_SECONDS })
    .optional()
    .openapi({ description: "Seconds by which each activity pushes the expiry forward; 0 is off." }),
  active: toggle.optional(),
};

const NO_BOTH = "left out where flags is given";

const notBoth = ({ flags, flag }: { flags?: unknown; flag?: unknown }): boolean =>
  flags === undefined || flag === undefined;

/** The body of a new group. */
export const newGroup = z
  .strictObject({ name: groupName, ...settings }, { error: "a JSON object" })
  .refine(notBoth, { error: NO_BOTH, path: ["flag"] })
  .openapi("NewGroup", { example: { name: "News", flags: { send: "selected" } } });

/** The body of a change (RFC 7396). Nothing in a group can be removed, so null has no place in it. */
export const groupChange = z
  .strictObject({ name: groupName.optional(), ...settings }, { error: "a JSON object" })
  .refine(notBoth, { error: NO_BOTH, path: ["flag"] })
  .openapi("GroupChange", { example: { flags: { loopback: true } } });

/** A new group, read. */
export type NewGroupBody = z.output<typeof newGroup>;

/** A change, read. */
export type GroupChangeBody = z.output<typeof groupChange>;

/** A group as an answer shows it. */
export const groupView = z
  .object({
    gid: z.int(),
    name: z.string(),
    flags: flagsView,
    flag: z.int().openapi({ description: "The flags as mesibo's word." }),
    flag_hex: z.string(),
    expires_in_seconds: z.int().openapi({ description: "Seconds until the group is gone." }),
    expiry_extension_seconds: z.int(),
    active: z.boolean(),
  })
  .openapi("Group", {
    example: {
      gid: 102529,
      name: "News",
      flags: { send: "selected", receive: "selected", store: true, loopback: true, other: 0 },
      flag: 145,
      flag_hex: "0x91",
      expires_in_seconds: 31_536_000,
      expiry_extension_seconds: 0,
      active: true,
    },
  });

/** A group as an answer shows it. */
export type GroupView = z.output<typeof groupView>;

/** Whether a listing holds everything. */
export const complete = z.boolean().openapi({
  description:
    "False when the listing may have been cut: by `limit`, or by mesibo, whose documented most is 20 rows. mesibo has no cursor.",
});

/** Groups as a listing shows them. */
export const groupList = z
  .object({ items: z.array(groupView), next_cursor: z.null(), directory: z.object({ complete }) })
  .openapi("GroupList");
