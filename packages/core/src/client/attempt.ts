import type { Refusal } from "../domain/refusal.ts";
import type { OpName, Requests } from "../domain/requests.ts";
import type { Results } from "../domain/results.ts";
import { decodeAnswer } from "../wire/answer.ts";
import { encodeRequest, type EncodedRequest } from "../wire/encode.ts";
import type { Outcome, Sent } from "./errors/mesibo-error.ts";
import type { RefusedError } from "./errors/refused-error.ts";
import type { CallRecord, Settings } from "./options.ts";
import { TOKEN_PLACEHOLDER } from "./placeholder.ts";
import { repetition } from "./retry.ts";
import { tell } from "./tell.ts";
import { now } from "./time.ts";
import { exchange, type Answer, type Failed } from "./transport.ts";
import { hasTwins } from "./twins.ts";

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
  | { readonly kind: "refused"; readonly error: RefusedError }
  | Failed;

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

/** How a request is sent. */
export interface Sending {
  readonly settings: Settings;
  readonly redact: (text: string) => string;
  readonly attempt: number;
  /** How long it waited for a place. */
  readonly waitedMs: number;
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  /** Called with a refusal before anything else learns of the answer. */
  readonly onRefusal: (refusal: Refusal) => RefusedError;
}

const unusable = (reason: string): Failed => ({ kind: "failed", sent: "yes", reason, protocol: true });

function readAnswer<O extends OpName>(
  op: O,
  { status, text }: Answer,
  onRefusal: Sending["onRefusal"],
): Attempt<O> {
  const answer = decodeAnswer(op, text);
  const prefix = status === 200 ? "" : `status ${status}, `;
  if (answer.kind === "unreadable") {
    const html = answer.reason === "not_json" && /^\s*</.test(text);
    return unusable(prefix + (html ? "html" : answer.reason.replace("_", " ")));
  }
  // Lists are the long answers, and nothing hangs on what they say.
  const twins = repetition[op] !== "read" && hasTwins(text);
  if (answer.kind === "done") return twins ? unusable(`${prefix}a key twice`) : answer;
  const error = onRefusal(answer.refusal);
  if (twins) return unusable(`${prefix}a key twice`);
  // mesibo answers 200 always (TH PR #4884). The JSON of a proxy in between that lost or redirected the request
  // is no refusal of mesibo's.
  const between = status >= 500 || (status >= 300 && status < 400);
  return between ? unusable(`${prefix}refused with ${error.refusal.error}`) : { kind: "refused", error };
}

const outcomes = { no: "not_sent", maybe: "unknown", yes: "unknown" } as const satisfies Record<
  Sent,
  Outcome
>;

const MAX_SHOWN = 65_536;

/** The beginning of a long answer, as a copy: a slice would keep all of it in memory for as long as the record is. */
const beginningOf = (text: string): string =>
  text.length <= MAX_SHOWN
    ? text
    : new TextDecoder().decode(new TextEncoder().encode(text.slice(0, MAX_SHOWN)));

/** Sends a request once and reads the answer. Never throws. */
export async function send<O extends OpName>(letter: Letter<O>, sending: Sending): Promise<Attempt<O>> {
  const { settings, redact, attempt, waitedMs, timeoutMs, signal, onRefusal } = sending;
  const { op, encoded, shown } = letter;
  const { fetch, url, onCall } = settings;
  const startedAt = Date.now();
  const start = now();
  let answered: Answer | undefined;
  const read = (answer: Answer): Attempt<O> => {
    answered = answer;
    return readAnswer(op, answer, onRefusal);
  };
  const ended = await exchange<Attempt<O>>({ ...encoded, fetch, url, timeoutMs, signal, read });
  if (onCall !== undefined) {
    const record: CallRecord = {
      op,
      attempt,
      url,
      ...shown,
      startedAt,
      durationMs: Math.round(now() - start),
      waitedMs: Math.round(waitedMs),
      outcome: ended.kind === "failed" ? outcomes[ended.sent] : ended.kind,
      status: answered?.status,
      answer: answered === undefined ? undefined : beginningOf(redact(answered.text)),
    };
    tell(onCall, record);
  }
  return ended;
}
