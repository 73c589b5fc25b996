import { z } from "@hono/zod-openapi";
import { MAX_GID } from "@mesibo-groups/core";
import { DEFAULT_KEY_DAYS, DEFAULT_OVERLAP_HOURS, MAX_KEY_DAYS, MAX_OVERLAP_HOURS } from "../keys/manage.ts";
import { scopes } from "../keys/scopes.ts";
import { groupName, isStorable, nextCursor, whole } from "./primitives.ts";

const MAX_GIDS = 1000;
const GIDS = `a list of 1 to ${MAX_GIDS} gids`;
const SCOPES = `a list of one or more of ${scopes.join(", ")}`;
const NAME = "a text of 1 to 100 characters, without NUL or halves of surrogate pairs";

const groups = z
  .strictObject(
    {
      gids: z
        .array(whole({ from: 1, to: MAX_GID }), { error: GIDS })
        .min(1, { error: GIDS })
        .max(MAX_GIDS, { error: GIDS })
        .optional(),
      name_prefix: groupName.optional(),
    },
    { error: "an object with gids, name_prefix or both" },
  )
  .refine(({ gids, name_prefix }) => gids !== undefined || name_prefix !== undefined, {
    error: "an object with gids, name_prefix or both",
  })
  .openapi("KeyGroups", {
    description: "The only groups that the key may touch: those listed, and those whose name begins so.",
    example: { name_prefix: "shop-" },
    minProperties: 1,
  });

/** The body of a new key. */
export const newApiKey = z
  .strictObject(
    {
      name: z
        .string({ error: NAME })
        .min(1, { error: NAME })
        .max(100, { error: NAME })
        .refine(isStorable, { error: NAME }),
      scopes: z.array(z.enum(scopes, { error: SCOPES }), { error: SCOPES }).min(1, { error: SCOPES }),
      groups: groups.optional(),
      expires_in_days: whole({ from: 1, to: MAX_KEY_DAYS })
        .optional()
        .openapi({ description: `Default: ${DEFAULT_KEY_DAYS}.` }),
    },
    { error: "a JSON object" },
  )
  .openapi("NewApiKey", {
    example: { name: "shop", scopes: ["groups:read"], groups: { name_prefix: "shop-" } },
  });

/** The body of a rotation. */
export const rotationBody = z
  .strictObject(
    {
      overlap_hours: whole({ from: 0, to: MAX_OVERLAP_HOURS })
        .optional()
        .openapi({
          description: `Hours for which the secret before still opens. Default: ${DEFAULT_OVERLAP_HOURS}.`,
        }),
    },
    { error: "a JSON object" },
  )
  .openapi("Rotation", { example: { overlap_hours: 24 } });

/** A key as an answer shows it: never the key itself. */
export const apiKeyView = z
  .object({
    id: z.string(),
    name: z.string(),
    scopes: z.array(z.enum(scopes)),
    groups: z
      .object({ gids: z.array(z.int()).optional(), name_prefix: z.string().optional() })
      .nullable()
      .openapi({ description: "Null is every group." }),
    created_at: z.iso.datetime(),
    expires_at: z.iso.datetime().nullable(),
    revoked_at: z.iso.datetime().nullable(),
    last_used_at: z.iso.datetime().nullable().openapi({ description: "To the minute." }),
    old_secret_until: z.iso
      .datetime()
      .nullable()
      .openapi({ description: "Until when the secret before the last rotation opens." }),
  })
  .openapi("ApiKey");

/** A key as an answer shows it. */
export type ApiKeyView = z.output<typeof apiKeyView>;

/** A key with its secret. */
export const madeApiKey = apiKeyView
  .extend({ key: z.string().openapi({ description: "The key itself, shown this once." }) })
  .openapi("MadeApiKey");

/** Keys as a listing shows them. */
export const apiKeyList = z
  .object({ items: z.array(apiKeyView), next_cursor: nextCursor })
  .openapi("ApiKeyList");
