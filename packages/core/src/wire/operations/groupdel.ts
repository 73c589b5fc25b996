import * as z from "zod/mini";
import type { Operation } from "../operation.ts";
import { gid } from "../primitives.ts";

/** The answer of an operation that says only that it is done: the envelope alone (ND). */
export const envelopeOnly = z.object({});

/** `groupdel`: delete a group with all its memberships (SEED, CON). */
export const groupdel: Operation<"groupdel"> = {
  request: z.object({ gid }),
  result: envelopeOnly,
};
