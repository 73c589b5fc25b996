import {
  NotSentError,
  RefusedError,
  UnknownOutcomeError,
  ValidationError,
  type MesiboError,
  type HoldReason,
} from "@mesibo-groups/core";
import { ProblemError, type UpstreamRefusal } from "./problem.ts";

// What mesibo says is shown, not trusted: a hostile answer must not become a huge one of ours.
const cut = (text: string): string => (text.length > 300 ? `${text.slice(0, 300)}…` : text);

/** A refusal as an answer shows it. */
function shownRefusal({ op, refusal }: RefusedError): UpstreamRefusal {
  const { error, code, cause, properties } = refusal;
  return {
    op,
    error: cut(error),
    code,
    cause: cause === undefined ? undefined : cut(cause),
    properties: properties?.slice(0, 20).map(cut),
  };
}

/** The problem of a gateway that has stopped calling. */
export function latchedProblem(latch: RefusedError | undefined, sent: "no" | "yes"): ProblemError {
  const said = latch === undefined ? "the app token" : `with ${cut(latch.refusal.error)}`;
  return new ProblemError("upstream-latched", {
    detail: `mesibo refused ${said}; no call leaves until the gateway is started with another app token, or mesibo-gateway latch release says that this one is good again.`,
    sent,
    members: latch === undefined ? undefined : { upstream: shownRefusal(latch) },
  });
}

function refusedProblem(error: RefusedError): ProblemError {
  const upstream = shownRefusal(error);
  const words = upstream.cause === undefined ? upstream.error : `${upstream.error}: ${upstream.cause}`;
  // groupsget carries nothing of the caller's but a name, so a refusal means that there is no listing here.
  if (error.op === "groupsget") {
    return new ProblemError("upstream-cannot-list", {
      detail: `mesibo refused to list groups (${words}). It documents the listing for its console and on-premise servers only.`,
      members: { upstream },
    });
  }
  // mesibo: no source names the string for an unknown group; that it names gid is what we have (section 5.2).
  if (upstream.properties?.includes("gid") === true) {
    return new ProblemError("group-not-found", {
      detail: `mesibo refused the gid (${words}).`,
      members: { upstream },
    });
  }
  return new ProblemError("upstream-refused", {
    detail: `mesibo refused ${error.op} (${words}); nothing was done.`,
    members: { upstream },
  });
}

function unknownProblem(error: UnknownOutcomeError): ProblemError {
  const { op, reason, sent, kind, mayHaveHappened } = error;
  const after = !mayHaveHappened
    ? "It was a read, so nothing was changed."
    : op === "groupadd"
      ? "It may have happened: look for the group before you create it again, or there may be two."
      : "It may have happened; the same request again does no harm.";
  const facts = {
    sent,
    // Only a create makes something new each time.
    retryable: op !== "groupadd",
    members: { may_have_happened: mayHaveHappened },
  };
  if (kind === "protocol") {
    return new ProblemError("upstream-protocol", {
      ...facts,
      detail: `${op} was sent, and the answer cannot be read (${reason}). ${after}`,
    });
  }
  return new ProblemError("upstream-outcome-unknown", {
    ...facts,
    detail: `${op} was sent, and no answer came (${reason}). ${after}`,
  });
}

// The words of what the client itself holds back; whatever else keeps a request is told by its code.
const reasons: Readonly<Record<string, string>> = {
  queue_full: "too many calls wait for mesibo already",
  queue_wait: "too many calls are under way to mesibo",
  breaker_open: "mesibo does not answer at the moment",
  quiet: "a change of this group was lost and may still arrive",
  deadline: "its time ran out while it waited",
} satisfies Record<HoldReason | "deadline", string>;

/** The problem that an error of core's client is answered with. */
export function upstreamProblem(error: MesiboError, latch: RefusedError | undefined): ProblemError {
  if (error instanceof RefusedError) {
    return error.kind === "refused" ? refusedProblem(error) : latchedProblem(error, "yes");
  }
  if (error instanceof UnknownOutcomeError) return unknownProblem(error);
  if (error instanceof ValidationError) {
    const { field, expected } = error;
    const detail = `${field} must be ${expected}.`;
    return new ProblemError("validation", {
      detail,
      members: { errors: [{ in: "body", pointer: `/${field}`, code: "invalid_value", detail }] },
    });
  }
  if (error instanceof NotSentError) {
    if (error.kind === "latched") return latchedProblem(latch, "no");
    const { op, reason, retryAfterMs = 1_000 } = error;
    const headers = { "retry-after": String(Math.ceil(retryAfterMs / 1000)) };
    const detail = `${op} was not sent (${reasons[reason] ?? reason}); nothing has happened.`;
    return new ProblemError(reason === "quiet" ? "group-busy" : "upstream-unavailable", { detail, headers });
  }
  return new ProblemError("internal", { detail: "The gateway cannot tell what became of the call." });
}
