import { ProblemError } from "../problem.ts";
import { operationPath, problemAnswer, writeEnd } from "./end.ts";
import type { Engine } from "./engine.ts";
import { kinds, type StoredKind } from "./kinds/index.ts";
import type { Operation } from "./operation.ts";
import { resolveOperation } from "./resolve.ts";
import { keepQuiet, lateUntil } from "./quiet.ts";
import { findOperation, listOperations } from "./rows.ts";

const AT_ONCE = 500;

/** What a recovery has found. */
export interface Recovered {
  /** Operations that a process left behind without an outcome. */
  readonly found: number;
  /** Those of them that are settled, because asking mesibo again does no harm. */
  readonly repeated: number;
  /** Those of them that go on from where they were: lists of members. */
  readonly continued: number;
}

const GATEWAY = { actor: "gateway", requestId: "recovery" } as const;

async function markUnknown(engine: Engine, { id, kind, gid, requestId, instance }: Operation): Promise<void> {
  const untilAt = await lateUntil(engine, instance);
  const problem = new ProblemError("upstream-outcome-unknown", {
    detail:
      "The gateway ended while it waited for mesibo's answer. It may have happened: look before you repeat it.",
    members: { may_have_happened: true, operation: operationPath(id) },
    headers: { location: operationPath(id) },
  });
  const answer = problemAnswer(problem, requestId);
  await engine.store.write(async (tx) => {
    await writeEnd(engine, tx, {
      id,
      action: kind,
      asked: GATEWAY,
      from: ["sending"],
      instance,
      state: "unknown",
      answer,
      settled: { gid, events: [] },
    });
    await keepQuiet(tx.db, { gid, untilAt });
  });
}

async function repeat(engine: Engine, id: string): Promise<boolean> {
  const operation = await engine.store.read((db) => findOperation(db, id));
  if (operation === undefined) return false;
  const work = async (): Promise<boolean> => {
    try {
      await resolveOperation(engine, { operation, verdict: { outcome: "retried" }, by: GATEWAY });
      return true;
    } catch (error) {
      // It stays unknown, and an operator can settle it.
      if (error instanceof ProblemError) return false;
      throw error;
    }
  };
  return operation.gid === undefined ? work() : engine.store.inTurn(operation.gid, work);
}

/**
 * Settles what processes that are gone have left behind: first everything becomes unknown, then what may be asked
 * twice is asked once more. A create is never repeated.
 */
export async function recover(engine: Engine, isGone: (instance: string) => boolean): Promise<Recovered> {
  const left: Operation[] = [];
  for (let after = ""; ;) {
    const some = await engine.store.read((db) =>
      listOperations(db, { after, limit: AT_ONCE, state: "sending" }),
    );
    left.push(...some.filter(({ instance }) => isGone(instance)));
    const last = some.at(-1);
    if (last === undefined || some.length < AT_ONCE) break;
    after = last.id;
  }
  let continued = 0;
  for (const operation of left) {
    const { takeOver }: StoredKind = kinds[operation.kind];
    if (takeOver === undefined) await markUnknown(engine, operation);
    else {
      await takeOver(engine, operation);
      continued += 1;
    }
  }
  let repeated = 0;
  for (const { id, kind } of left) {
    const { takeOver }: StoredKind = kinds[kind];
    if (takeOver === undefined && kinds[kind].repeatable && (await repeat(engine, id))) repeated += 1;
  }
  return { found: left.length, repeated, continued };
}
