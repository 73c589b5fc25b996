import * as z from "zod/mini";
import type { AskGateway } from "./ask.ts";
import { GatewayError } from "./errors.ts";

/** A list as a gateway answers it, page by page. */
const pageSchema = z.object({ items: z.array(z.looseObject({})), next_cursor: z.nullable(z.string()) });

/** Rows as a gateway has them: what this program does not know of is passed on. */
export type Row = Readonly<Record<string, unknown>>;

/** Reads a list to its end, or so many rows of it. */
export async function readPages(
  ask: AskGateway,
  path: string,
  most = Number.POSITIVE_INFINITY,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  let cursor: string | null = null;
  do {
    const more: string = cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`;
    const page = pageSchema.safeParse(
      await ask({ path: `${path}${path.includes("?") ? "&" : "?"}limit=100${more}` }),
    );
    if (!page.success)
      throw new GatewayError("no_gateway", "The gateway's list is not understood. Is it another version?");
    rows.push(...page.data.items);
    cursor = page.data.next_cursor;
  } while (cursor !== null && rows.length < most);
  return rows.slice(0, most);
}
