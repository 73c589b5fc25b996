import { MesiboError, RefusedError, type Client } from "@mesibo-groups/core";
import type { NewEvent } from "../journal/events.ts";
import { appendJournal } from "../journal/journal.ts";
import { PROBLEM_JSON, problemBody, ProblemError } from "../problem.ts";
import { StoreError } from "../store/errors.ts";
import { drainingProblem } from "../shutdown.ts";
import type { Tx } from "../store/store.ts";
import { upstreamProblem } from "../upstream-problem.ts";
import type { Engine } from "./engine.ts";
import type { IdempotencyKey } from "./idempotency.ts";
import type { Kind, Settled } from "./kind.ts";
import {
  newOperationId,
  storedAnswer,
  type Operation,
  type OperationState,
  type Resolution,
  type StoredAnswer,
} from "./operation.ts";
import { keepQuiet, learnQuiet, quietUntil } from "./quiet.ts";
import { endOperation, findByKey, insertOperation, isSentElsewhere, releaseOperation } from "./rows.ts";

/** A request for an operation. */
export interface Asked<Q> {
  readonly request: Q;
  /** The id of the API key. */
  readonly actor: string;
  readonly requestId: string;
  readonly key?: IdempotencyKey | undefined;
}

/** What a request for an operation came to. */
export interface Performed {
  readonly answer: StoredAnswer;
  /** True for the answer of an earlier request with the same key. */
  readonly replayed: boolean;
}

/** Another request with the same key was faster. */
export class KeyTaken extends Error {}

/** Where an operation can be looked at. */
export const operationPath = (id: string): string => `/v1/operations/${id}`;

/** A problem as it is stored and answered. */
export function problemAnswer(problem: ProblemError, requestId: string): StoredAnswer {
  const body = problemBody(problem, requestId);
  const headers = { ...problem.facts.headers, "content-type": PROBLEM_JSON };
  return storedAnswer.parse({ status: body.status, headers, body });
}

/** A problem with the way to its operation. */
function withOperation(problem: ProblemError, id: string): ProblemError {
  const { facts } = problem;
  return new ProblemError(problem.problem, {
    ...facts,
    members: { ...facts.members, operation: operationPath(id) },
    headers: { ...facts.headers, location: operationPath(id) },
  });
}

/** The answer of the operation that a key stands for. Throws where there is none to give. */
function replay(operation: Operation, { fingerprint }: IdempotencyKey): Performed {
  if (operation.fingerprint !== fingerprint) {
    throw new ProblemError("idempotency-key-reused", {
      detail: "This Idempotency-Key was sent with another request. Use a new key for a new request.",
      members: { operation: operationPath(operation.id) },
    });
  }
  if (operation.answer === undefined) throw inProgress(operation.id);
  return { answer: operation.answer, replayed: true };
}

function inProgress(id?: string): ProblemError {
  return new ProblemError("request-in-progress", {
    detail:
      "The first request with this Idempotency-Key is still under way. Send this one again in a moment.",
    members: id === undefined ? undefined : { operation: operationPath(id) },
    headers: { "retry-after": "1" },
  });
}

function sentElsewhere(): ProblemError {
  return new ProblemError("group-busy", {
    detail:
      "Another gateway has asked mesibo for a change of this group, and what came of it is not known yet. Nothing was sent.",
    headers: { "retry-after": "5" },
  });
}

/** What is written down at the end of an operation. */
interface End {
  readonly id: string;
  readonly action: string;
  readonly asked: Pick<Asked<unknown>, "actor" | "requestId">;
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

/**
 * Asks mesibo for something, and answers for it: written down before the first byte leaves, and again with its
 * outcome before anybody hears of it. A repetition with the same key gets the first answer.
 *
 * Throws `ProblemError`, and whatever a mistake of ours throws.
 */
export function perform<Q, R>(engine: Engine, kind: Kind<Q, R>, asked: Asked<Q>): Promise<Performed> {
  return onceForKey(engine, asked, () => performOnce(engine, kind, asked));
}

/** Does work once for a key: another request with the same key gets the answer of the first. */
export async function onceForKey(
  engine: Engine,
  { key, actor }: Pick<Asked<unknown>, "key" | "actor">,
  work: () => Promise<Performed>,
): Promise<Performed> {
  if (key === undefined) return work();
  const end = engine.begin(actor, key.key);
  if (end === undefined) throw inProgress();
  try {
    const before = await engine.store.read((db) => findByKey(db, { actor, key: key.key }));
    if (before !== undefined) return replay(before, key);
    return await work();
  } catch (error) {
    if (!(error instanceof KeyTaken)) throw error;
    const winner = await engine.store.read((db) => findByKey(db, { actor, key: key.key }));
    if (winner === undefined) throw inProgress();
    return replay(winner, key);
  } finally {
    end();
  }
}

/** What a failed call leaves behind, or undefined where nothing was done and the same request may try again. */
function stateAfter(error: unknown): "refused" | "unknown" | undefined {
  // A mistake of ours, and the request may have been on its way.
  if (!(error instanceof MesiboError)) return "unknown";
  if (error.outcome === "unknown") return "unknown";
  // A refused token is not the fault of the request, and it may try again once the operator has been there.
  return error.kind === "refused" ? "refused" : undefined;
}

function problemOf(error: unknown, client: Client): ProblemError {
  if (error instanceof MesiboError) return upstreamProblem(error, client.latched());
  return new ProblemError("upstream-outcome-unknown", {
    detail:
      "The gateway made a mistake while it waited for mesibo. It may have happened; look before you repeat it.",
    members: { may_have_happened: true },
  });
}

async function performOnce<Q, R>(engine: Engine, kind: Kind<Q, R>, asked: Asked<Q>): Promise<Performed> {
  const { store, client, instance, now } = engine;
  const { request, actor, requestId, key } = asked;
  const id = newOperationId(now());
  let recorded = false;
  let sentAt = now();
  const gid = kind.gid(request);
  if (gid !== undefined) await learnQuiet(engine, gid);

  async function record(): Promise<void> {
    if (engine.stopping.aborted) throw drainingProblem();
    const operation = { id, kind: kind.name, actor, requestId, key, request, instance, at: now() };
    const inserted = await store.write(async ({ db }) => {
      // The lock is not enough: it ends with its connection, and what was sent goes on.
      if (gid !== undefined && store.kind === "postgres" && (await isSentElsewhere(db, { gid, instance }))) {
        throw sentElsewhere();
      }
      return insertOperation(db, { ...operation, gid });
    });
    if (!inserted) throw new KeyTaken();
    recorded = true;
    sentAt = now();
  }

  /** Writes the end down, and whether the group must be left alone now. */
  function endOf(find: (tx: Tx) => Promise<Pick<End, "state" | "answer" | "settled">>) {
    const untilAt = gid === undefined ? undefined : quietUntil(engine, gid);
    return async (tx: Tx): Promise<void> => {
      const found = await find(tx);
      await writeEnd(engine, tx, { id, action: kind.name, asked, from: ["sending"], instance, ...found });
      await keepQuiet(tx.db, { gid, untilAt });
    };
  }

  let result: R;
  try {
    result = await kind.call(client, request, record).catch((error: unknown) => {
      const done = recorded && error instanceof RefusedError ? kind.doneBefore?.(error) : undefined;
      if (done === undefined) throw error;
      return done;
    });
  } catch (error) {
    if (!recorded) throw error;
    const state = stateAfter(error);
    if (state === undefined) {
      await engine.store.write(({ db }) => releaseOperation(db, { id, instance }));
      throw error;
    }
    const problem = withOperation(problemOf(error, client), id);
    const answer = problemAnswer(problem, requestId);
    const settled = { gid, events: [] };
    await settle(
      engine,
      id,
      endOf(async () => ({ state, answer, settled })),
    );
    throw error instanceof MesiboError ? problem : error;
  }

  let answer: StoredAnswer | undefined;
  await settle(
    engine,
    id,
    endOf(async (tx) => {
      const settled = await kind.settle(tx, { request, result, at: now(), sentAt });
      answer = settled.answer;
      return { state: settled.state ?? "succeeded", answer, settled };
    }),
  );
  if (answer === undefined) throw new Error("an operation was settled without an answer");
  return { answer, replayed: false };
}

/** Writes an outcome down. Where the store fails, that is tried until it succeeds, and the caller is told the truth. */
async function settle(engine: Engine, id: string, work: (tx: Tx) => Promise<unknown>): Promise<void> {
  try {
    await engine.store.write(work);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    engine.keepTrying(async () => void (await engine.store.write(work)));
    throw new ProblemError("store-unavailable", {
      detail:
        "mesibo has answered, and the gateway could not write that down. It goes on trying; look at the operation.",
      sent: "yes",
      retryable: true,
      members: { may_have_happened: true, operation: operationPath(id) },
      headers: { location: operationPath(id), "retry-after": "2" },
    });
  }
}
