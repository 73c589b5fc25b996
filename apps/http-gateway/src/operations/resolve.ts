import { MesiboError, type Gid } from "@mesibo-groups/core";
import { ProblemError } from "../problem.ts";
import type { Tx } from "../store/store.ts";
import { upstreamProblem } from "../upstream-problem.ts";
import { problemAnswer, withOperation, writeEnd } from "./end.ts";
import type { Engine } from "./engine.ts";
import type { Settled } from "./kind.ts";
import { kinds, type StoredKind } from "./kinds/index.ts";
import type { Asker, Operation, Resolution } from "./operation.ts";
import { endQuiet, keepQuiet, quietUntil } from "./quiet.ts";
import { claimOperation, findOperation, unclaimOperation } from "./rows.ts";

/** How an unknown outcome is settled. */
export type Verdict =
  | { readonly outcome: "happened"; readonly gid?: Gid | undefined }
  | { readonly outcome: "did_not_happen" }
  | { readonly outcome: "retried" };

function conflict(detail: string): ProblemError {
  return new ProblemError("operation-not-unknown", { detail });
}

/** The operation that a repetition of the same request is refused with, once it is known that nothing was done. */
function didNotHappen(operation: Operation): Settled {
  const problem = new ProblemError("upstream-refused", {
    detail: "Its outcome was unknown, and it turned out that it did not happen.",
    sent: "maybe",
  });
  return { gid: operation.gid, events: [], answer: problemAnswer(problem, operation.requestId) };
}

type Effect = (tx: Tx, at: number) => Promise<Settled>;

async function effectOf(engine: Engine, operation: Operation, verdict: Verdict): Promise<Effect> {
  const kind: StoredKind = kinds[operation.kind];
  if (verdict.outcome === "did_not_happen") {
    return kind.didNotHappen?.(operation) ?? (async () => didNotHappen(operation));
  }
  if (verdict.outcome === "retried") return kind.repeat(engine, operation);
  const gid = verdict.gid ?? operation.gid;
  if (operation.kind !== "create_group") return kind.happened(operation, gid ?? 0);
  if (gid === undefined) {
    const detail = "gid is missing: give the gid of the group that turned out to be there.";
    throw new ProblemError("validation", {
      detail,
      members: { errors: [{ in: "body", pointer: "/gid", code: "missing", detail }] },
    });
  }
  return kind.happened(operation, gid);
}

/** What is to be settled, how, and by whom. */
interface Resolving {
  readonly operation: Operation;
  readonly verdict: Verdict;
  readonly by: Asker;
}

/** Writes a resolution down. Throws a conflict where somebody was faster: nothing is changed then. */
async function writeResolution(
  engine: Engine,
  { operation, verdict, by }: Resolving,
  effect: Effect,
): Promise<void> {
  const { id, kind: action } = operation;
  const claimed = verdict.outcome === "retried";
  await engine.store.write(async (tx) => {
    const at = engine.now();
    const settled = await effect(tx, at);
    const { gid } = settled;
    const resolution: Resolution = {
      outcome: verdict.outcome,
      by: by.actor,
      at,
      ...(gid === undefined ? {} : { gid }),
    };
    const ended = await writeEnd(engine, tx, {
      id,
      action,
      asked: by,
      from: [claimed ? "sending" : "unknown"],
      instance: claimed ? engine.instance : undefined,
      state: "resolved",
      answer: settled.answer,
      settled,
      resolution,
    });
    // Rolls back what it would have changed.
    if (!ended) throw conflict("Somebody else has settled it in this moment.");
    // Somebody has seen it, so it is not on its way any more.
    if (verdict.outcome === "happened" && gid !== undefined) await endQuiet(tx.db, gid);
  });
  if (verdict.outcome === "happened" && operation.gid !== undefined) engine.client.quiet.end(operation.gid);
}

/** Asks mesibo once more, while nobody else can: of two who ask at once, one is refused, in whichever process. */
async function retry(engine: Engine, resolving: Resolving): Promise<void> {
  const { store, instance } = engine;
  const { id, gid } = resolving.operation;
  if (!(await store.write(({ db }) => claimOperation(db, { id, instance })))) {
    throw conflict("Somebody else settles it in this moment.");
  }
  try {
    await writeResolution(engine, resolving, await effectOf(engine, resolving.operation, resolving.verdict));
  } catch (error) {
    const untilAt = gid === undefined ? undefined : quietUntil(engine, gid);
    const giveBack = (): Promise<void> =>
      store.write(async ({ db }) => {
        await unclaimOperation(db, { id, instance });
        await keepQuiet(db, { gid, untilAt });
      });
    await giveBack().catch(() => {
      engine.keepTrying(giveBack);
    });
    throw error;
  }
}

/**
 * Settles an operation whose outcome is unknown, and answers it.
 *
 * Throws `operation-not-unknown` where there is nothing to settle, or somebody else does, and what mesibo said
 * where a repetition fails.
 */
export async function resolveOperation(engine: Engine, resolving: Resolving): Promise<Operation> {
  const { operation, verdict } = resolving;
  if (operation.state !== "unknown") {
    throw conflict(`The operation is ${operation.state}: only an unknown outcome can be settled.`);
  }
  try {
    if (verdict.outcome === "retried") await retry(engine, resolving);
    else await writeResolution(engine, resolving, await effectOf(engine, operation, verdict));
  } catch (error) {
    if (!(error instanceof MesiboError)) throw error;
    throw withOperation(upstreamProblem(error, engine.client.latched()), operation.id);
  }
  const after = await engine.store.read((db) => findOperation(db, operation.id));
  if (after === undefined) throw new Error("an operation was settled and cannot be read");
  return after;
}
