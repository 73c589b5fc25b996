import { z } from "@hono/zod-openapi";
import { MAX_GID } from "@mesibo-groups/core";
import { whole } from "./primitives.ts";

const MAX_GIDS = 100;
const EXPECTED = `a list of 1 to ${MAX_GIDS} gids`;

/** The body of an import. */
export const groupImport = z
  .strictObject(
    {
      gids: z
        .array(whole({ from: 1, to: MAX_GID }), { error: EXPECTED })
        .min(1, { error: EXPECTED })
        .max(MAX_GIDS, { error: EXPECTED })
        .refine((gids) => new Set(gids).size === gids.length, { error: `${EXPECTED}, none of them twice` })
        .openapi({ uniqueItems: true }),
    },
    { error: "a JSON object" },
  )
  .openapi("GroupImport", { example: { gids: [102529] } });

/** What became of each gid. */
export const groupImportResult = z
  .object({
    items: z.array(
      z.object({
        gid: z.int(),
        status: z.enum(["imported", "not_found"]),
        members: z.int().openapi({ description: "How many members were taken up." }),
        members_complete: z.boolean().openapi({
          description: "False when mesibo may have cut the list; its documented most is 20 members.",
        }),
      }),
    ),
    imported: z.int(),
    not_found: z.int(),
  })
  .openapi("GroupImportResult");
