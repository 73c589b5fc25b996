/** A request as the client gives it to `fetch`: a part of `RequestInit`. */
export interface FetchInit {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** A followed redirect would hand the token to another host. */
  readonly redirect: "manual";
  /** Ends the exchange, wherever it is. */
  readonly signal: AbortSignal;
}

/** One piece of a body, or its end. */
export type BodyPiece =
  | { readonly done: false; readonly value: Uint8Array }
  | { readonly done: true; readonly value?: unknown };

/** The bytes of an answer as they come: a part of a `ReadableStream`. */
export interface AnswerBody {
  readonly getReader: () => {
    /** Rejects where the answer is cut. */
    readonly read: () => Promise<BodyPiece>;
    /** Gives the rest up. */
    readonly cancel: () => Promise<void>;
  };
}

/** What the client reads of an answer: a part of `Response`. */
export interface FetchAnswer {
  readonly status: number;
  readonly body: AnswerBody | null;
}

/**
 * The part of `fetch` that the client needs. What it rejects with is looked at as Node's errors are: `syscall` is
 * `connect`, in the error or its `cause`, where no connection was there and so nothing has been sent.
 */
export type FetchLike = (url: string, init: FetchInit) => Promise<FetchAnswer>;
