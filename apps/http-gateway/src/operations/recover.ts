import { ProblemError } from "../problem.ts";
import { operationPath, problemAnswer, writeEnd } from "./end.ts";
import type { Engine } from "./engine.ts";
import { kinds, type StoredKind } from "./kinds/index.ts";
import type { Operation } from "./operation.ts";
import { resolveOperation } from "./resolve.ts";
import { keepQuiet, lateUntil } from "./quiet.ts";
import { findOperation, listOperations } from "./rows.ts";

const AT_ONCE = 500;

/** An operation that a process left behind without an outcome. */
export interface Recovered {
  readonly operation: Operation;
  /**
   * - `repeated`: settled, because asking mesibo again does no harm.
   * - `continued`: goes on from where it was, as lists of members do.
   */
  readonly became: "unknown" | "repeated" | "continued";
}

/** Whose operations are settled. */
export interface Recovering {
  readonly isGone: (instance: string) => boolean;
  /** Called with each operation, once it is known what it became. */
  readonly onRecovered?: ((recovered: Recovered) => void) | undefined;
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

/** Asks once more for what may be asked twice, and answers what an operation has become. */
async function settle(engine: Engine, { id, kind }: Operation): Promise<Recovered["became"]> {
  const { takeOver, repeatable }: StoredKind = kinds[kind];
  if (takeOver !== undefined) return "continued";
  return repeatable && (await repeat(engine, id)) ? "repeated" : "unknown";
}

/**
 * Settles what processes that are gone have left behind: first everything becomes unknown, then what may be asked
 * twice is asked once more. A create is never repeated.
 */
export async function recover(
  engine: Engine,
  { isGone, onRecovered }: Recovering,
): Promise<readonly Recovered[]> {
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
  for (const operation of left) {
    const { takeOver = markUnknown }: StoredKind = kinds[operation.kind];
    await takeOver(engine, operation);
  }
  const recovered: Recovered[] = [];
  for (const operation of left) {
    const one = { operation, became: await settle(engine, operation) };
    // Told one by one: where the store fails in between, the next look finds none of these again.
    onRecovered?.(one);
    recovered.push(one);
  }
  return recovered;
}
