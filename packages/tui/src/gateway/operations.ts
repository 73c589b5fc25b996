import { MAX_GID, type Gid } from "@mesibo-groups/core";
import * as z from "zod/mini";
import { createAskGateway, type GatewayPlace } from "./ask.ts";
import { GatewayError } from "./errors.ts";
import { readPages } from "./pages.ts";

const schema = z.object({
  id: z.string().check(z.regex(/^op_\w{1,60}$/)),
  kind: z.string(),
  gid: z.nullable(z.int().check(z.gte(1), z.lte(MAX_GID))),
  request: z.unknown(),
  answer: z.nullable(z.object({ body: z.unknown() })),
  created_at: z.string(),
});

const named = z.object({ name: z.string() });
const explained = z.object({ detail: z.string() });

/** A change that a gateway sent to mesibo, and does not know what came of. */
export interface UnknownOperation {
  /** Such as `op_01KAR5V2Z6F5T1P0X9Y8Q7W3M4`. */
  readonly id: string;
  /** Such as `create_group`; a newer gateway may have others. */
  readonly kind: string;
  readonly gid: Gid | undefined;
  /** Of the group that was to be made or changed. */
  readonly name: string | undefined;
  /** Why its outcome is unknown, in the gateway's words; empty where it does not say. */
  readonly detail: string;
  /** When it was asked for, in ISO 8601. */
  readonly createdAt: string;
}

/** How an unknown outcome is settled. */
export type Resolution =
  | { readonly outcome: "happened"; readonly gid?: Gid | undefined }
  | { readonly outcome: "did_not_happen" }
  | { readonly outcome: "retried"; readonly accept_duplicate_risk?: true | undefined };

/** An operation, and how it is settled. */
export interface Settling {
  readonly id: string;
  readonly resolution: Resolution;
}

/** What a gateway keeps of unknown outcomes. Everything rejects with `GatewayError`. */
export interface Operations {
  /** Those whose outcome is unknown, newest first. */
  readonly list: () => Promise<readonly UnknownOperation[]>;
  readonly settle: (settling: Settling) => Promise<void>;
}

/** Operations that are listed at most. */
const MAX_OPERATIONS = 1000;

function read(row: unknown): UnknownOperation {
  const { data } = schema.safeParse(row);
  if (data === undefined)
    throw new GatewayError("no_gateway", "An operation is not understood. Is it another version?");
  const { id, kind, gid, request, answer, created_at: createdAt } = data;
  return {
    id,
    kind,
    gid: gid ?? undefined,
    name: named.safeParse(request).data?.name,
    detail: explained.safeParse(answer?.body).data?.detail ?? "",
    createdAt,
  };
}

/** The unknown outcomes of a gateway. Opening it sends nothing. */
export function createOperations(place: GatewayPlace): Operations {
  const ask = createAskGateway(place);
  return {
    list: async () =>
      (await readPages(ask, "/operations?state=unknown", MAX_OPERATIONS)).map(read).toReversed(),
    settle: async ({ id, resolution }) => {
      await ask({ method: "POST", path: `/operations/${id}/resolutions`, body: resolution });
    },
  };
}
