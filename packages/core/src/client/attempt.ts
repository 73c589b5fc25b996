import type { Refusal } from "../domain/refusal.ts";
import type { OpName, Requests } from "../domain/requests.ts";
import type { Results } from "../domain/results.ts";
import { decodeAnswer } from "../wire/answer.ts";
import { encodeRequest, type EncodedRequest } from "../wire/encode.ts";
import type { Outcome, Sent } from "./errors.ts";
import type { CallRecord, Settings } from "./options.ts";
import { TOKEN_PLACEHOLDER } from "./redact.ts";
import { exchange, type Exchange } from "./transport.ts";

/** A request as it will leave, whatever the caller does to the object that it came from. */
export interface Letter<O extends OpName> {
  readonly op: O;
  readonly encoded: EncodedRequest;
  /** The same with `$MESIBO_APP_TOKEN` for the token: written anew and not searched, so nothing is missed. */
  readonly shown: EncodedRequest;
}

/** What one request came to. */
export type Attempt<O extends OpName> =
  | { readonly kind: "done"; readonly result: Results[O] }
  | { readonly kind: "refused"; readonly refusal: Refusal }
  | Extract<Exchange, { kind: "failed" }>;

/** Writes the request down, once. */
export function writeLetter<O extends OpName>(
  { op, request }: { readonly op: O; readonly request: Requests[O] },
  { dialect, token }: Pick<Settings, "dialect"> & { readonly token: string },
): Letter<O> {
  const shown = encodeRequest({ op, request, dialect, token: TOKEN_PLACEHOLDER });
  return {
    op,
    encoded: encodeRequest({ op, request, dialect, token }),
    shown: { ...shown, body: shown.body.replace(encodeURIComponent(TOKEN_PLACEHOLDER), TOKEN_PLACEHOLDER) },
  };
}

function readExchange<O extends OpName>(op: O, ended: Exchange): Attempt<O> {
  if (ended.kind === "failed") return ended;
  const answer = decodeAnswer(op, ended.text);
  if (answer.kind !== "unreadable") return answer;
  const seen =
    answer.reason === "not_json" && /^\s*</.test(ended.text) ? "html" : answer.reason.replace("_", " ");
  const reason = ended.status === 200 ? seen : `status ${ended.status}, ${seen}`;
  return { kind: "failed", sent: "yes", reason, protocol: true };
}

const outcomes = { no: "not_sent", maybe: "unknown", yes: "unknown" } as const satisfies Record<
  Sent,
  Outcome
>;

/** How a request is sent. */
export interface Sending {
  readonly settings: Settings;
  readonly redact: (text: string) => string;
  readonly attempt: number;
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
}

/** Sends a request once and reads the answer. Never throws. */
export async function send<O extends OpName>(letter: Letter<O>, sending: Sending): Promise<Attempt<O>> {
  const { settings, redact, attempt, timeoutMs, signal } = sending;
  const startedAt = Date.now();
  const ended = await exchange({
    ...letter.encoded,
    fetch: settings.fetch,
    url: settings.url,
    timeoutMs,
    signal,
  });
  const read = readExchange(letter.op, ended);
  const answered = ended.kind === "answer" ? ended : undefined;
  const record: CallRecord = {
    op: letter.op,
    attempt,
    url: settings.url,
    ...letter.shown,
    startedAt,
    durationMs: Date.now() - startedAt,
    outcome: read.kind === "failed" ? outcomes[read.sent] : read.kind,
    status: answered?.status,
    answer: answered === undefined ? undefined : redact(answered.text).slice(0, MAX_SHOWN),
  };
  try {
    settings.onCall?.(record);
  } catch {
    // An inspector must not change what becomes of a call.
  }
  return read;
}

const MAX_SHOWN = 65_536;
