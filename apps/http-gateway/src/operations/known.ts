import { seesOthers } from "../access/objects.ts";
import type { Actor } from "../environment.ts";
import { ProblemError } from "../problem.ts";
import type { Engine } from "./engine.ts";
import type { Operation } from "./operation.ts";
import { findOperation } from "./rows.ts";

/** Whether somebody may look at an operation. */
export const maySee =
  (actor: Actor) =>
  ({ actor: asker }: Operation): boolean =>
    asker === actor.id || seesOthers(actor);

/** An operation. Throws `operation-not-found`, also for whoever may not see it: they learn nothing of it. */
export async function knownOperation(
  { store }: Pick<Engine, "store">,
  { id, may }: { readonly id: string; readonly may: (operation: Operation) => boolean },
): Promise<Operation> {
  const operation = await store.read((db) => findOperation(db, id));
  if (operation !== undefined && may(operation)) return operation;
  throw new ProblemError("operation-not-found", { detail: "No operation has this id." });
}
