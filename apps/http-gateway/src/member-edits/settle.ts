import type { Gid, Permissions } from "@mesibo-groups/core";
import { confirmMembers, dropMembers, findMembers, setMembers } from "../directory/members.ts";
import type { NewEvent } from "../journal/events.ts";
import type { Tx } from "../store/store.ts";
import { viewMember } from "../views.ts";
import { permissionBits, type EditItem, type EditOutcome, type EditProblem } from "./edit.ts";
import { markEdits } from "./rows.ts";

/** An edit that mesibo has answered, or not answered. */
export interface Answered {
  readonly item: EditItem;
  readonly outcome: "done" | "refused" | "unknown";
  readonly problem: EditProblem | undefined;
}

/** Edits that go out together, and so have the same permissions. */
export interface Settling {
  readonly operation: string;
  readonly gid: Gid;
  /** Undefined removes. */
  readonly permissions: Permissions | undefined;
  readonly answered: readonly Answered[];
  readonly at: number;
  /** An id of the moment when they were sent. Default: what is written down. */
  readonly sent?: string | undefined;
}

/** What was settled, and what those who follow are told. */
export interface Settled {
  readonly items: readonly EditItem[];
  readonly events: readonly NewEvent[];
}

interface Done {
  readonly gid: Gid;
  readonly items: readonly EditItem[];
  readonly at: number;
}

type Outcomes = ReadonlyMap<EditItem, EditOutcome>;

/** Writes members who were set into the directory, and answers what that was for each. */
async function setDone(
  { db }: Tx,
  { gid, items, permissions, at }: Done & { readonly permissions: Permissions },
): Promise<{ readonly outcomes: Outcomes; readonly events: readonly NewEvent[] }> {
  const addresses = items.map(({ address }) => address);
  const before = new Map((await findMembers(db, { gid, addresses })).map((known) => [known.address, known]));
  const bits = permissionBits(permissions);
  const outcomes = new Map(
    items.map((item): [EditItem, EditOutcome] => {
      const known = before.get(item.address);
      if (known === undefined) return [item, "added"];
      return [item, permissionBits(known.permissions) === bits ? "unchanged" : "updated"];
    }),
  );
  const same = items.filter((item) => outcomes.get(item) === "unchanged").map(({ address }) => address);
  const changed = items.filter((item) => outcomes.get(item) !== "unchanged").map(({ address }) => address);
  await confirmMembers(db, { gid, addresses: same, at });
  await setMembers(db, { gid, addresses: changed, permissions, source: "set", at });
  const after = await findMembers(db, { gid, addresses: changed });
  const events = after.map((member): NewEvent => ({
    type: "member.set",
    gid,
    subject: member.address,
    payload: viewMember(member),
    at,
  }));
  return { outcomes, events };
}

/** Takes members who were removed out of the directory, and answers what that was for each. */
async function removeDone({ db }: Tx, { gid, items, at }: Done) {
  const addresses = items.map(({ address }) => address);
  const before = new Set((await findMembers(db, { gid, addresses })).map(({ address }) => address));
  await dropMembers(db, { gid, addresses });
  const outcomes: Outcomes = new Map(
    items.map((item): [EditItem, EditOutcome] => [item, before.has(item.address) ? "removed" : "unchanged"]),
  );
  const events = [...before].map((address): NewEvent => ({
    type: "member.removed",
    gid,
    subject: address,
    payload: { gid, address },
    at,
  }));
  return { outcomes, events };
}

/** Writes down what has become of some edits, in the directory too. The events are for the caller to append. */
export async function settleEdits(tx: Tx, settling: Settling): Promise<Settled> {
  const { operation, gid, permissions, answered, at, sent } = settling;
  const done = answered.filter(({ outcome }) => outcome === "done").map(({ item }) => item);
  const { outcomes, events } = await (permissions === undefined
    ? removeDone(tx, { gid, items: done, at })
    : setDone(tx, { gid, items: done, permissions, at }));
  const items = answered.map(({ item, outcome, problem }): EditItem => {
    const status = outcome === "done" ? (outcomes.get(item) ?? "unchanged") : outcome;
    return { ...item, status, problem };
  });
  for (const same of Map.groupBy(items, ({ status, problem }) =>
    JSON.stringify([status, problem]),
  ).values()) {
    const [first] = same;
    if (first === undefined) continue;
    const positions = same.map(({ position }) => position);
    await markEdits(tx.db, { operation, positions, status: first.status, problem: first.problem, sent });
  }
  return { items, events };
}
