import { MesiboError, RefusedError, type Client } from "@mesibo-groups/core";
import { ProblemError } from "../problem.ts";
import { StoreError } from "../store/errors.ts";
import { drainingProblem } from "../shutdown.ts";
import type { Tx } from "../store/store.ts";
import { upstreamProblem } from "../upstream-problem.ts";
import { notWrittenDown, problemAnswer, withOperation, writeEnd, type End } from "./end.ts";
import type { Engine } from "./engine.ts";
import type { IdempotencyKey } from "./idempotency.ts";
import type { Kind } from "./kind.ts";
import { newOperationId, type Asker, type StoredAnswer } from "./operation.ts";
import { KeyTaken, onceForKey, type Performed } from "./once-for-key.ts";
import { keepQuiet, learnQuiet, quietUntil } from "./quiet.ts";
import { insertOperation, isSentElsewhere, releaseOperation } from "./rows.ts";

/** A request for an operation. */
export interface Asked<Q> extends Asker {
  /**
   * Looks whether it can be done, and answers what to ask for. Called once it is known that no request with the same
   * key came before: what that one has changed must not refuse its own repetition.
   */
  readonly prepare: () => Promise<Q>;
  readonly key?: IdempotencyKey | undefined;
}

interface Prepared<Q> extends Omit<Asked<Q>, "prepare"> {
  readonly request: Q;
}

function sentElsewhere(): ProblemError {
  return new ProblemError("group-busy", {
    detail:
      "Another gateway has asked mesibo for a change of this group, and what came of it is not known yet. Nothing was sent.",
    headers: { "retry-after": "5" },
  });
}

/**
 * Asks mesibo for something, and answers for it: written down before the first byte leaves, and again with its
 * outcome before anybody hears of it. A repetition with the same key gets the first answer.
 *
 * Throws `ProblemError`, and whatever a mistake of ours throws.
 */
export function perform<Q, R>(
  engine: Engine,
  kind: Kind<Q, R>,
  { prepare, ...asked }: Asked<Q>,
): Promise<Performed> {
  return onceForKey(engine, asked, async () =>
    performOnce(engine, kind, { ...asked, request: await prepare() }),
  );
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

async function performOnce<Q, R>(engine: Engine, kind: Kind<Q, R>, asked: Prepared<Q>): Promise<Performed> {
  const { store, client, instance, now } = engine;
  const { request, actor, requestId, traceId, key } = asked;
  const id = newOperationId(now());
  let recorded = false;
  let sentAt = now();
  const gid = kind.gid(request);
  if (gid !== undefined) await learnQuiet(engine, gid);

  async function record(): Promise<void> {
    if (engine.stopping.aborted) throw drainingProblem();
    const operation = { id, kind: kind.name, actor, requestId, traceId, key, request, instance, at: now() };
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
    result = await kind
      .call(client, request, { beforeSend: record, caller: actor })
      .catch((error: unknown) => {
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
    throw notWrittenDown(id);
  }
}
