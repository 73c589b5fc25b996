import { ProblemError } from "../problem.ts";
import { operationPath } from "./end.ts";
import type { Engine } from "./engine.ts";
import type { IdempotencyKey } from "./idempotency.ts";
import type { Operation, StoredAnswer } from "./operation.ts";
import { findByKey } from "./rows.ts";

/** What a request for an operation came to. */
export interface Performed {
  readonly answer: StoredAnswer;
  /** True for the answer of an earlier request with the same key. */
  readonly replayed: boolean;
}

/** Another request with the same key was faster. */
export class KeyTaken extends Error {}

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

/** Does work once for a key: another request with the same key gets the answer of the first. */
export async function onceForKey(
  engine: Engine,
  { key, actor }: { readonly key?: IdempotencyKey | undefined; readonly actor: string },
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
