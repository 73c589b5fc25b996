import type * as z from "zod/mini";
import type { OpName, Requests } from "../domain/requests.ts";
import type { Results } from "../domain/results.ts";

/** Parameters in mesibo's flat v1 spelling, all as text, without `op`, `token` and `id`. */
export type Params = Readonly<Record<string, string | undefined>>;

/** What an answer carries besides its envelope, in mesibo's v2 shape. */
export type Payload = Readonly<Record<string, unknown>>;

/** One operation of mesibo: the two directions of its request and of its result, each a two-way codec. */
export interface Operation<O extends OpName> {
  readonly request: z.ZodMiniType<Requests[O], Params>;
  readonly result: z.ZodMiniType<Results[O], Payload>;
  /** v1's shape of the result, where it differs. */
  readonly resultV1?: z.ZodMiniType<Results[O], Payload> | undefined;
}

/** The table of operations: every op has a row, by the type. */
export type Operations = { readonly [O in OpName]: Operation<O> };
