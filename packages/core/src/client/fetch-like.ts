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

/** Reads the bytes of an answer as they come: a part of `ReadableStreamDefaultReader`. */
export interface BodyReader {
  /** Rejects where the answer is cut. */
  readonly read: () => Promise<BodyPiece>;
  /** Gives the rest up. */
  readonly cancel: () => Promise<void>;
}

/** The bytes of an answer: a part of `ReadableStream`. */
export interface AnswerBody {
  readonly getReader: () => BodyReader;
}

/** What the client reads of an answer: a part of `Response`. */
export interface FetchAnswer {
  readonly status: number;
  readonly body: AnswerBody | null;
}

/**
 * The part of `fetch` that the client needs. Where it rejects, the request may have been sent, unless the error, its
 * `cause`, or each of that one's `errors` says otherwise as Node's do: `syscall` is `connect`, or `code` is one that
 * comes before a connection, such as `ENOTFOUND`, and no other `syscall` stands beside it. The `code` is told as the reason.
 */
export type FetchLike = (url: string, init: FetchInit) => Promise<FetchAnswer>;
