import { z } from "@hono/zod-openapi";
import { DEFAULT_GROUP_EXPIRY } from "@mesibo-groups/core";
import { flagFields, flagsView, flagWord } from "./flags.ts";
import { groupName, nextCursor, toggle, whole } from "./primitives.ts";

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

/** A group as an answer shows it. */
export const groupView = z
  .object({
    gid: z.int(),
    name: z.string(),
    flags: flagsView,
    flag: z.int().openapi({ description: "The flags as mesibo's word." }),
    flag_hex: z.string(),
    expires_at: z.iso.datetime().openapi({
      description:
        "When the group ends, as far as the gateway knows: activity moves it where there is an extension.",
    }),
    expiry_extension_seconds: z.int(),
    active: z.boolean(),
    source: z.enum(["created", "imported"]).openapi({ description: "Where the gateway has it from." }),
    created_at: z.iso.datetime().openapi({ description: "When the gateway first knew it." }),
    observed_at: z.iso.datetime().openapi({ description: "When mesibo last confirmed it." }),
    version: z.int().openapi({ description: "Counts the changes, from 1; the ETag." }),
  })
  .openapi("Group", {
    example: {
      gid: 102529,
      name: "News",
      flags: { send: "selected", receive: "selected", store: true, loopback: true, other: 0 },
      flag: 145,
      flag_hex: "0x91",
      expires_at: "2027-11-23T12:00:00.000Z",
      expiry_extension_seconds: 0,
      active: true,
      source: "created",
      created_at: "2026-11-23T12:00:00.000Z",
      observed_at: "2026-11-23T12:00:00.000Z",
      version: 1,
    },
  });

/** A group as an answer shows it. */
export type GroupView = z.output<typeof groupView>;

/** Groups as a listing shows them. */
export const groupList = z
  .object({ items: z.array(groupView), next_cursor: nextCursor })
  .openapi("GroupList");
