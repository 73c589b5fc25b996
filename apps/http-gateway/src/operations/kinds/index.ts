import { RefusedError } from "@mesibo-groups/core";
import type { Engine } from "../engine.ts";
import type { Kind, Settled } from "../kind.ts";
import type { Operation, OperationKind } from "../operation.ts";
import type { Tx } from "../../store/store.ts";
import { memberEdits } from "../../member-edits/stored.ts";
import { changeGroup } from "./change-group.ts";
import { createGroup } from "./create-group.ts";
import { deleteGroup } from "./delete-group.ts";
import { foundGroup } from "./found-group.ts";
import { importGroups } from "./import-groups.ts";
import { putMember } from "./put-member.ts";
import { removeMember } from "./remove-member.ts";
import { touchedSince } from "../touched.ts";

/** A kind of operation, for an operation that is only known from its row. */
export interface StoredKind {
  readonly repeatable: boolean;
  /** Asks mesibo once more, and answers what that changes. */
  readonly repeat: (
    engine: Engine,
    operation: Operation,
  ) => Promise<(tx: Tx, at: number) => Promise<Settled>>;
  /** What is changed when it turns out that the group of a create is there. */
  readonly happened: (operation: Operation, gid: number) => (tx: Tx, at: number) => Promise<Settled>;
  /** What is changed when it turns out that nothing was done. Default: the request is refused from then on. */
  readonly didNotHappen?: ((operation: Operation) => (tx: Tx, at: number) => Promise<Settled>) | undefined;
  /** Takes over what a process that is gone has left, where it goes on from there. Default: it is unknown. */
  readonly takeOver?: ((engine: Engine, operation: Operation) => Promise<void>) | undefined;
}

function stored<Q, R>(kind: Kind<Q, R>, resultOf: (request: Q, gid: number) => R): StoredKind {
  return {
    repeatable: kind.repeatable,
    repeat: async ({ client }, operation) => {
      const request = kind.request.parse(operation.request);
      const result = await kind.call(client, request, { caller: operation.actor }).catch((error: unknown) => {
        const done = error instanceof RefusedError ? kind.doneBefore?.(error) : undefined;
        if (done === undefined) throw error;
        return done;
      });
      return (tx, at) => kind.settle(tx, { request, result, at, sentAt: at });
    },
    happened: (operation, gid) => async (tx, at) => {
      const request = kind.request.parse(operation.request);
      const sentAt = operation.createdAt;
      const isTouched = await touchedSince(tx.db, { operation, gid });
      const left = kind.late?.(request, { isTouched, sentAt }) ?? { request };
      if ("answer" in left) return { gid, events: [], answer: left.answer };
      return kind.settle(tx, { request: left.request, result: resultOf(request, gid), at, sentAt });
    },
  };
}

const nothing = (): void => undefined;

const created = stored(createGroup, (_, gid) => ({ gid }));

/** A create, whose group may be known by the time somebody finds it. */
const storedCreate: StoredKind = {
  ...created,
  happened: (operation, gid) => async (tx, at) =>
    (await foundGroup(tx, { operation, gid })) ?? created.happened(operation, gid)(tx, at),
};

/** Every kind of operation, by name. */
export const kinds = {
  create_group: storedCreate,
  change_group: stored(changeGroup, nothing),
  delete_group: stored(deleteGroup, () => "gone" as const),
  put_member: stored(putMember, nothing),
  remove_member: stored(removeMember, nothing),
  import_groups: stored(importGroups, () => []),
  edit_members: memberEdits,
  set_members: memberEdits,
} as const satisfies Record<OperationKind, StoredKind>;
