import { setTimeout as pause } from "node:timers/promises";
import type { OperationView } from "../../src/schemas/operation.ts";
import { permissionBits } from "../../src/member-edits/edit.ts";
import { listEdits } from "../../src/member-edits/rows.ts";
import type { Caller, Told } from "./caller.ts";
import { type Random } from "./random.ts";
import type { Run } from "./run.ts";
import { mockFacts } from "./truth.ts";

/** What a stored request may hold, of all kinds of operations. */
interface Request {
  readonly gid: number;
  readonly name?: string;
  readonly address?: string;
  readonly permissions?: Readonly<Record<"send" | "receive" | "publish" | "subscribe" | "list", boolean>>;
  readonly expiryext?: number;
}

/** Every operation in this state, oldest first. */
export async function operationsIn(ask: Caller, state: string): Promise<readonly OperationView[]> {
  const found: OperationView[] = [];
  for (let cursor: string | null = ""; cursor !== null;) {
    const page = cursor === "" ? "" : `&cursor=${encodeURIComponent(cursor)}`;
    const told = await ask({ method: "GET", path: `/v1/operations?limit=1000&state=${state}${page}` });
    if (told.kind !== "done") throw new Error(`operations cannot be listed: ${JSON.stringify(told)}`);
    const { items, next_cursor } = told.body as { items: OperationView[]; next_cursor: string | null };
    found.push(...items);
    cursor = next_cursor;
  }
  return found;
}

/** How an operator settles an operation. */
interface Verdict {
  readonly outcome: "happened" | "did_not_happen" | "retried";
  readonly gid?: number;
}

const lists: ReadonlySet<string> = new Set(["edit_members", "set_members"]);

/** What an operator says of a list after a look at the mock: of several calls, each may have happened or not. */
async function verdictOnList(run: Run, { id, gid }: OperationView): Promise<Verdict> {
  const items = await run.engine.store.read((db) => listEdits(db, { operation: id, statuses: ["unknown"] }));
  const members = mockFacts(run).find((fact) => fact.gid === gid)?.members ?? {};
  const there = items.filter(({ address, permissions }) =>
    permissions === undefined
      ? members[address] === undefined
      : members[address] === permissionBits(permissions),
  );
  if (there.length === items.length) return { outcome: "happened" };
  return { outcome: there.length === 0 ? "did_not_happen" : "retried" };
}

/** The verdict on what an operator has seen, or has not. */
const said = (happened: boolean): Verdict => ({ outcome: happened ? "happened" : "did_not_happen" });

/** Finds out what came of an unknown operation by looking at the mock, which is what an operator does. */
function createLook(run: Run): (operation: OperationView) => Verdict {
  const facts = mockFacts(run);
  const byName = new Map(facts.map((fact) => [fact.name, fact]));
  const byGid = new Map(facts.map((fact) => [fact.gid, fact]));
  // A change may have been changed again since; that it was there is in the log of the proxy.
  const changes = new Set<number>();
  for (const { text, delivered } of run.back.passed) {
    const tag = /"expiryext":(\d+)/.exec(text)?.[1];
    if (delivered > 0 && tag !== undefined) changes.add(Number(tag));
  }

  return ({ kind, request }) => {
    const { gid, name = "", address = "", permissions, expiryext = 0 } = request as Request;
    const group = byGid.get(gid);
    const bits = group?.members[address];
    if (kind === "create_group") {
      const made = byName.get(name);
      return made === undefined ? { outcome: "did_not_happen" } : { outcome: "happened", gid: made.gid };
    }
    if (kind === "delete_group") return said(group === undefined);
    if (kind === "change_group") return said(changes.has(expiryext));
    if (permissions === undefined) return said(bits === undefined);
    const { send, receive, publish, subscribe, list } = permissions;
    const asked =
      Number(send) + 2 * Number(receive) + 4 * Number(publish) + 8 * Number(subscribe) + 16 * Number(list);
    return said(bits === asked);
  };
}

const MOST_LOOKS = 100;

async function stateOf(ask: Caller, { id }: OperationView): Promise<string> {
  const told = await ask({ method: "GET", path: `/v1/operations/${id}` });
  if (told.kind !== "done") throw new Error(`${id} cannot be read: ${JSON.stringify(told)}`);
  return (told.body as OperationView).state;
}

/** Settles every unknown operation through the gateway, in any order. Answers how many there were. */
export async function settleAll(run: Run, { ask, random }: { ask: Caller; random: Random }): Promise<number> {
  const unknown = await operationsIn(ask, "unknown");
  const look = createLook(run);
  const order = unknown.map((operation) => ({ operation, die: random() })).toSorted((a, b) => a.die - b.die);
  for (const { operation, die } of order) {
    const isList = lists.has(operation.kind);
    const settle = async (body: Verdict): Promise<Told> =>
      ask({ method: "POST", path: `/v1/operations/${operation.id}/resolutions`, body });
    const seen = async (): Promise<Verdict> => (isList ? verdictOnList(run, operation) : look(operation));
    // What may be asked for twice is now and then asked for once more, seen or not.
    let told = await settle(isList && die < 0.3 ? { outcome: "retried" } : await seen());
    for (let look = isList ? 1 : MOST_LOOKS; told.kind !== "done" && look < MOST_LOOKS; look += 1) {
      await pause(50);
      // A repetition may take longer than its answer is waited for, and be lost itself on a connection that an
      // earlier fault has left dead. Those whom mesibo refuses one has to look for.
      const isSettled = (await stateOf(ask, operation)) === "resolved";
      told = isSettled ? { kind: "done", status: 200, body: undefined } : await settle(await seen());
    }
    if (told.kind !== "done") throw new Error(`${operation.id} cannot be settled: ${JSON.stringify(told)}`);
  }
  return unknown.length;
}
