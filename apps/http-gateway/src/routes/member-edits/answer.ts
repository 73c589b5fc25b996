import type { Context } from "hono";
import type { GatewayEnv } from "../../environment.ts";
import { NDJSON, wantsLines } from "../../negotiate.ts";
import type { Engine } from "../../operations/engine.ts";
import type { StoredAnswer } from "../../operations/operation.ts";
import type { Performed } from "../../operations/once-for-key.ts";
import { findOperation } from "../../operations/rows.ts";
import { problemBody, ProblemError } from "../../problem.ts";
import { memberBatchResult, memberSummary, type MemberOutcome } from "../../schemas/member-edit.ts";
import { viewOperation } from "../../views.ts";
import { editOutcomes, type EditItem, type EditOutcome } from "../../member-edits/edit.ts";
import { listEdits } from "../../member-edits/rows.ts";

const outcomes = new Map<string, EditOutcome>(editOutcomes.map((outcome) => [outcome, outcome]));

/** An edit as an answer shows it. One that is not over is shown when it is. */
function viewItem({ address, status, problem }: EditItem): MemberOutcome | undefined {
  const outcome = outcomes.get(status);
  if (outcome === undefined) return undefined;
  return { address, status: outcome, ...(problem === undefined ? {} : { problem }) };
}

/** Edits members, and calls back with what becomes known as it does. */
export type Edit = (watching: {
  readonly callerLeft: AbortSignal;
  readonly onKnown?: ((items: readonly EditItem[]) => Promise<void>) | undefined;
}) => Promise<Performed>;

const summaryOf = ({ body }: StoredAnswer) => memberSummary.parse(body);

/** The id at the end of an operation's path. */
const idIn = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

async function itemsOf({ store }: Engine, answer: StoredAnswer): Promise<readonly EditItem[]> {
  const operation = idIn(summaryOf(answer).operation);
  return store.read((db) => listEdits(db, { operation }));
}

/** Answers 202 with the operation as it is now. */
async function accepted(c: Context<GatewayEnv>, engine: Engine, answer: StoredAnswer): Promise<Response> {
  const id = idIn(summaryOf(answer).operation);
  const operation = await engine.store.read((db) => findOperation(db, id));
  if (operation === undefined) throw new Error("an operation was accepted and cannot be read");
  for (const [name, value] of Object.entries(answer.headers)) c.header(name, value);
  if (c.req.header("prefer") !== undefined) c.header("preference-applied", "respond-async");
  return c.json(viewOperation(operation), 202);
}

async function whole(c: Context<GatewayEnv>, engine: Engine, edit: Edit): Promise<Response> {
  const { answer, replayed } = await edit({ callerLeft: c.req.raw.signal });
  if (replayed) c.header("idempotency-replayed", "true");
  if (answer.status !== 207) return accepted(c, engine, answer);
  const items = (await itemsOf(engine, answer)).flatMap((item) => viewItem(item) ?? []);
  return c.json(memberBatchResult.parse({ ...summaryOf(answer), items }), 207);
}

/** Answers line by line. What goes wrong before the first line is a problem as anywhere. */
async function lines(c: Context<GatewayEnv>, engine: Engine, edit: Edit): Promise<Response> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  const encoder = new TextEncoder();
  const left = new AbortController();
  const leave = (): void => {
    left.abort();
  };
  writer.closed.catch(leave);
  const begun = Promise.withResolvers<void>();
  const told = new Set<number>();

  // Whoever reads slowly is waited for, and whoever reads no more has left.
  const write = async (rows: readonly object[]): Promise<void> => {
    begun.resolve();
    const text = rows.map((row) => `${JSON.stringify(row)}\n`).join("");
    await writer.write(encoder.encode(text)).catch(leave);
  };
  const tell = async (items: readonly EditItem[]): Promise<void> => {
    for (const { position } of items) told.add(position);
    await write(items.flatMap((item) => viewItem(item) ?? []).map((item) => ({ type: "item", ...item })));
  };

  async function run(): Promise<void> {
    const callerLeft = AbortSignal.any([c.req.raw.signal, left.signal]);
    const { answer, replayed } = await edit({ callerLeft, onKnown: tell });
    if (replayed) c.header("idempotency-replayed", "true");
    const items = await itemsOf(engine, answer);
    await tell(items.filter(({ position }) => !told.has(position)));
    await write([{ type: "summary", ...summaryOf(answer) }]);
    await writer.close().catch(leave);
  }

  run().catch(async (error: unknown) => {
    begun.reject(error);
    const known = error instanceof ProblemError ? error : undefined;
    const mistake = new ProblemError("internal", { detail: "A mistake in the gateway; its log has more." });
    await write([problemBody(known ?? mistake, c.var.requestId)]);
    await writer.close().catch(leave);
  });
  await begun.promise;
  return c.body(readable, 207, { "content-type": NDJSON });
}

/** Edits members for a request, and answers in the form that it wants. */
export function answerEdits(c: Context<GatewayEnv>, engine: Engine, edit: Edit): Promise<Response> {
  return wantsLines(c.req.header("accept") ?? "") ? lines(c, engine, edit) : whole(c, engine, edit);
}
