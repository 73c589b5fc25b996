import type { NewEvent } from "../journal/events.ts";
import { appendJournal } from "../journal/journal.ts";
import { PROBLEM_JSON, problemBody, ProblemError } from "../problem.ts";
import type { Tx } from "../store/store.ts";
import type { Engine } from "./engine.ts";
import type { Settled } from "./kind.ts";
import {
  storedAnswer,
  type Asker,
  type OperationState,
  type Resolution,
  type StoredAnswer,
} from "./operation.ts";
import { endOperation } from "./rows.ts";

/** Where an operation can be looked at. */
export const operationPath = (id: string): string => `/v1/operations/${id}`;

/** A problem with the way to its operation. */
export function withOperation(problem: ProblemError, id: string): ProblemError {
  const { facts } = problem;
  return new ProblemError(problem.problem, {
    ...facts,
    members: { ...facts.members, operation: operationPath(id) },
    headers: { ...facts.headers, location: operationPath(id) },
  });
}

/** A problem as it is stored and answered. */
export function problemAnswer(problem: ProblemError, requestId: string): StoredAnswer {
  const body = problemBody(problem, requestId);
  const headers = { ...problem.facts.headers, "content-type": PROBLEM_JSON };
  return storedAnswer.parse({ status: body.status, headers, body });
}

/** What the caller is told where mesibo has answered, and the store does not take it. */
export function notWrittenDown(id: string): ProblemError {
  return new ProblemError("store-unavailable", {
    detail:
      "mesibo has answered, and the gateway could not write that down. It goes on trying; look at the operation.",
    sent: "yes",
    retryable: true,
    members: { may_have_happened: true, operation: operationPath(id) },
    headers: { location: operationPath(id), "retry-after": "2" },
  });
}

/** What is written down at the end of an operation. */
export interface End {
  readonly id: string;
  readonly action: string;
  readonly asked: Asker;
  readonly from: readonly OperationState[];
  /** The process that must have it. Default: whichever does. */
  readonly instance?: string | undefined;
  readonly state: OperationState;
  readonly answer: StoredAnswer;
  readonly settled?: Omit<Settled, "answer" | "state"> | undefined;
  readonly resolution?: Resolution | undefined;
}

const eventOf = {
  succeeded: "operation.succeeded",
  partial: "operation.succeeded",
  refused: "operation.failed",
  unknown: "operation.unknown",
  resolved: "operation.resolved",
} as const satisfies Record<Exclude<OperationState, "sending">, NewEvent["type"]>;

/**
 * Ends an operation: its state, its answer, what others are told, and the audit, all or nothing. False where
 * somebody has settled it meanwhile: what they said stands.
 */
export async function writeEnd({ store, now }: Engine, tx: Tx, end: End): Promise<boolean> {
  const { id, action, asked, from, instance, state, answer, settled, resolution } = end;
  const at = now();
  const gid = settled?.gid;
  const ended = await endOperation(tx.db, {
    id,
    from,
    instance,
    state,
    answer,
    gid,
    progress: settled?.progress,
    resolution,
    at,
  });
  if (!ended) return false;
  const type = state === "sending" ? undefined : eventOf[state];
  const own: readonly NewEvent[] =
    type === undefined
      ? []
      : [{ type, gid, subject: id, payload: { operation: id, kind: action, state }, at }];
  await appendJournal(store, tx, {
    events: [...(settled?.events ?? []), ...own],
    audit: {
      at,
      actor: asked.actor,
      action,
      gid,
      subject: settled?.subject,
      operation: id,
      requestId: asked.requestId,
      outcome: state,
    },
  });
  return true;
}
