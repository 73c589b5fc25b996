import { MesiboError, type Gid } from "@mesibo-groups/core";
import { ProblemError } from "../problem.ts";
import type { Tx } from "../store/store.ts";
import { upstreamProblem } from "../upstream-problem.ts";
import type { Engine } from "./engine.ts";
import type { Settled } from "./kind.ts";
import { kinds, type StoredKind } from "./kinds/index.ts";
import type { Operation, Resolution } from "./operation.ts";
import { problemAnswer, writeEnd } from "./perform.ts";
import { findOperation } from "./rows.ts";

/** How an unknown outcome is settled. */
export type Verdict =
  | { readonly outcome: "happened"; readonly gid?: Gid | undefined }
  | { readonly outcome: "did_not_happen" }
  | { readonly outcome: "retried" };

/** Who settles an operation. */
export interface Resolver {
  readonly actor: string;
  readonly requestId: string;
}

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

/**
 * Settles an operation whose outcome is unknown, and answers it.
 *
 * Throws `operation-not-unknown` where there is nothing to settle, and what mesibo said where a repetition fails.
 */
export async function resolveOperation(
  engine: Engine,
  {
    operation,
    verdict,
    by,
  }: { readonly operation: Operation; readonly verdict: Verdict; readonly by: Resolver },
): Promise<Operation> {
  if (operation.state !== "unknown") {
    throw conflict(`The operation is ${operation.state}: only an unknown outcome can be settled.`);
  }
  const effect = await effectOf(engine, operation, verdict).catch((error: unknown) => {
    throw error instanceof MesiboError ? upstreamProblem(error, engine.client.latched()) : error;
  });
  await engine.store.write(async (tx) => {
    const at = engine.now();
    const settled = await effect(tx, at);
    const resolution: Resolution = {
      outcome: verdict.outcome,
      by: by.actor,
      at,
      ...(settled.gid === undefined ? {} : { gid: settled.gid }),
    };
    const ended = await writeEnd(engine, tx, {
      id: operation.id,
      action: operation.kind,
      asked: by,
      from: ["unknown"],
      state: "resolved",
      answer: settled.answer,
      settled,
      resolution,
    });
    // Rolls back what it would have changed.
    if (!ended) throw conflict("Somebody else has settled it in this moment.");
  });
  const after = await engine.store.read((db) => findOperation(db, operation.id));
  if (after === undefined) throw new Error("an operation was settled and cannot be read");
  return after;
}
