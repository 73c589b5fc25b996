import type { CallOptions, Client, Gid, RefusedError } from "@mesibo-groups/core";
import type { ZodType } from "zod";
import type { NewEvent } from "../journal/events.ts";
import type { Tx } from "../store/store.ts";
import type { IsTouched, OperationKind, StoredAnswer } from "./operation.ts";

/** What a kind of operation has done. */
export interface Settled {
  readonly answer: StoredAnswer;
  readonly gid: Gid | undefined;
  readonly events: readonly NewEvent[];
  /** What the audit says it was about, besides the group: an address. */
  readonly subject?: string | undefined;
  /** Default: `succeeded`. */
  readonly state?: "succeeded" | "partial" | undefined;
  readonly progress?: unknown;
}

/** What settling is given. */
export interface Settling<Q, R> {
  readonly request: Q;
  readonly result: R;
  /** Unix milliseconds. */
  readonly at: number;
  /** When mesibo was asked, in Unix milliseconds: what expires does so from then on. */
  readonly sentAt: number;
}

/** What is known of an operation whose outcome becomes known late. */
export interface Late {
  readonly isTouched: IsTouched;
  /** When mesibo was asked, in Unix milliseconds. */
  readonly sentAt: number;
}

/** How mesibo is called: for whom, and what is awaited before the first byte may leave. */
export type Calling = Pick<CallOptions, "beforeSend" | "caller">;

/** One kind of operation: how it is asked for, how mesibo is asked, and what the answer changes here. */
export interface Kind<Q, R> {
  readonly name: OperationKind;
  /** Reads what was stored, after a crash. */
  readonly request: ZodType<Q>;
  /** Whether mesibo ends in the same state when it is asked twice. */
  readonly repeatable: boolean;
  readonly gid: (request: Q) => Gid | undefined;
  /** Calls mesibo. */
  readonly call: (client: Client, request: Q, options: Calling) => Promise<R>;
  /** What a refusal means: the result where it says that what was asked for is so already. */
  readonly doneBefore?: ((refused: RefusedError) => R | undefined) | undefined;
  /**
   * What is still to be written down when it turns out that it happened before others that are done: the rest of the
   * request, or where nothing is left, the answer alone. Default: the whole request.
   */
  readonly late?:
    | ((request: Q, late: Late) => { readonly request: Q } | { readonly answer: StoredAnswer })
    | undefined;
  /** What the answer changes, in the transaction that ends the operation. */
  readonly settle: (tx: Tx, settling: Settling<Q, R>) => Promise<Settled>;
}
