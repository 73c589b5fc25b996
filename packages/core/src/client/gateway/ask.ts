import type { OpName } from "../../domain/requests.ts";
import type { RestRequest } from "../../wire/rest/request.ts";
import { NotSentError } from "../errors/not-sent-error.ts";
import type { RefusedError } from "../errors/refused-error.ts";
import { failedError, type Effort } from "../failures.ts";
import type { CallOptions } from "../options.ts";
import type { Policy } from "../policy/policy.ts";
import { backoffMs } from "../retry.ts";
import { now, pause, type Limits } from "../time.ts";
import type { Failed } from "../transport.ts";
import type { GatewaySettings } from "./options.ts";
import { readMeaning } from "./problems.ts";
import { sendRest, type Sight } from "./send.ts";

/** Until when an operation may go on, and what comes before its first request. */
export interface Going extends Limits, Pick<CallOptions, "beforeSend"> {
  /** Undefined for a read. */
  readonly idempotencyKey: string | undefined;
  /** For a batch of members. */
  readonly isolationCalls?: number | undefined;
}

/** One request to a gateway, for an operation. */
export interface Asking {
  readonly op: OpName;
  readonly request: RestRequest;
}

/** What asks a gateway. */
export interface Asker {
  readonly settings: GatewaySettings;
  readonly policy: Policy;
  readonly key: string;
  readonly redact: (text: string) => string;
  readonly stop: (error: RefusedError) => void;
}

/** How long to wait for the first request with the same key to end. */
const WAIT_MS = 250;

/**
 * Asks until there is an answer, and resolves with its text. A repetition of a change carries the same key, so
 * the gateway does it once.
 */
export async function askGateway(asker: Asker, { op, request }: Asking, going: Going): Promise<string> {
  const { settings, policy, key, redact, stop } = asker;
  const { signal, deadline, beforeSend, idempotencyKey } = going;
  // What was last seen of a request that may have been carried out.
  let open: Failed | undefined;
  let failures = 0;
  let retrying = false;

  /** What a sight leaves to be tried again. Throws what it settles. */
  function unsettled(sight: Exclude<Sight, { kind: "done" }>, effort: Effort): Failed {
    if (sight.kind === "failed") return sight;
    const { problem } = sight;
    const meaning = readMeaning(effort, problem, redact);
    const reason = problem.name;
    if (meaning.kind === "again" || meaning.kind === "wait") {
      const sent = meaning.kind === "wait" ? "yes" : meaning.sent;
      return { kind: "failed", sent, reason, protocol: false };
    }
    const { error } = meaning;
    if (meaning.kind === "stop") stop(meaning.error);
    // A refusal of the repetition says nothing about the first request, unless it is the answer of its operation.
    if (open === undefined || idempotencyKey === undefined || problem.operation !== undefined) throw error;
    throw failedError(effort, { ...open, reason: `${reason} when repeated`, protocol: false });
  }

  for (let attempt = 1; ; attempt += 1) {
    const effort = { op, attempts: attempt };
    const before = { op, attempts: attempt - 1 };
    // With its key a change may be sent again, so all of them are safe.
    const sending = {
      effort: before,
      limits: going,
      safe: true,
      beforeSend: attempt === 1 ? beforeSend : undefined,
    };
    const sight = await policy.send(sending, (waitedMs) => {
      const timeoutMs = Math.min(settings.timeoutMs, deadline - now());
      return sendRest({
        op,
        request,
        settings,
        key,
        redact,
        attempt,
        waitedMs,
        timeoutMs,
        signal,
        idempotencyKey,
      });
    });
    if (retrying) policy.endRetry();
    if (sight instanceof NotSentError) throw open === undefined ? sight : failedError(before, open);
    if (sight.kind === "done") return sight.text;
    const failed = unsettled(sight, effort);
    if (failed.sent !== "no") open = failed;
    const waits = failed.reason === "request-in-progress";
    if (!waits) failures += 1;
    retrying = !waits && failed.reason !== "aborted" && failures <= settings.retries && policy.takeRetry();
    if (!waits && !retrying) throw failedError(effort, open ?? failed);
    await pause(Math.max(0, Math.min(waits ? WAIT_MS : backoffMs(failures), deadline - now())), signal);
  }
}
