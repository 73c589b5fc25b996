import { MAX_GID } from "@mesibo-groups/core";
import * as z from "zod/mini";
import type { Operations, UnknownOperation } from "../operation.ts";
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
    // The gateway asks for a word more before it makes a group once more, and for nothing else.
    adds: kind === "create_group",
    detail: explained.safeParse(answer?.body).data?.detail ?? "",
    createdAt,
  };
}

/** The unknown outcomes of a gateway. Opening it sends nothing; everything rejects with `GatewayError`. */
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
