import type { OperationView } from "../../src/schemas/operation.ts";
import type { Caller } from "./caller.ts";
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

/** Finds out what came of unknown operations by looking at the mock, which is what an operator does. */
function createLook(
  run: Run,
): (operation: OperationView) => { readonly happened: boolean; readonly gid?: number } {
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
      return made === undefined ? { happened: false } : { happened: true, gid: made.gid };
    }
    if (kind === "delete_group") return { happened: group === undefined };
    if (kind === "change_group") return { happened: changes.has(expiryext) };
    if (permissions === undefined) return { happened: bits === undefined };
    const { send, receive, publish, subscribe, list } = permissions;
    const asked =
      Number(send) + 2 * Number(receive) + 4 * Number(publish) + 8 * Number(subscribe) + 16 * Number(list);
    return { happened: bits === asked };
  };
}

/** Settles every unknown operation through the gateway, in any order. Answers how many there were. */
export async function settleAll(run: Run, { ask, random }: { ask: Caller; random: Random }): Promise<number> {
  const unknown = await operationsIn(ask, "unknown");
  const look = createLook(run);
  const order = unknown.map((operation) => ({ operation, die: random() })).toSorted((a, b) => a.die - b.die);
  for (const { operation } of order) {
    const { happened, gid } = look(operation);
    const seen = happened
      ? { outcome: "happened", ...(gid === undefined ? {} : { gid }) }
      : { outcome: "did_not_happen" };

    const told = await ask({
      method: "POST",
      path: `/v1/operations/${operation.id}/resolutions`,
      body: seen,
    });
    if (told.kind !== "done") throw new Error(`${operation.id} cannot be settled: ${JSON.stringify(told)}`);
  }
  return unknown.length;
}
