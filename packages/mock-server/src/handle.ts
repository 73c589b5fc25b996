import { collect, findOp, type CollectedRequest, type Generation } from "@mesibo-groups/core/wire";
import type { Behaviour } from "./engine/behaviour.ts";
import { assumedRefusal, injectedRefusal, refuse } from "./engine/refusals.ts";
import { replaced } from "./faults/course.ts";
import { describeFault, mayApply, type Effect, type Fault } from "./faults/faults.ts";
import { waitFor } from "./faults/wait.ts";
import type { Entry, EntryResult } from "./journal/entry.ts";
import { createRedactor } from "./journal/redactor.ts";
import type { Reply } from "./reply.ts";
import { defectRuling, refusalRuling, rule, type Ruling } from "./ruling.ts";
import { SeedError } from "./seed.ts";
import type { WorldEntry, Worlds } from "./worlds.ts";

/** A request as it reached an emulated path. */
export interface Incoming {
  readonly method: string;
  readonly path: string;
  /** Without `?`. */
  readonly query: string;
  readonly contentType: string;
  /** Undefined for one over 16 MiB, which was not read. */
  readonly body: string | undefined;
  readonly generation: Generation;
  /** Fires when the caller in this process has given up. */
  readonly gone?: AbortSignal;
}

/** Sends an answer, whole or as an effect says, and is told how the request stands in the journal. */
export type Send = (reply: Reply, effect: Effect | undefined, entry: Entry) => void;

/** A request on its way through the mock. */
interface Call {
  readonly incoming: Incoming;
  readonly collected: CollectedRequest;
  readonly fault: Fault | undefined;
}

/** What a call came to. */
interface Outcome {
  readonly entry: WorldEntry | undefined;
  /** Undefined where an injected fault kept the call from mesibo's rules. */
  readonly ruling: Ruling | undefined;
}

const JSON_TYPE = "application/json";
const nothingRelied: readonly Behaviour[] = [];

/** Takes away what the latest answer of a world rests on, and counts it. */
function takeRelied({ world, relied }: WorldEntry, ruling: Ruling | undefined): readonly Behaviour[] {
  const count = (id: string): void => {
    relied.set(id, (relied.get(id) ?? 0) + 1);
  };
  const refusal = ruling?.refusal === undefined ? undefined : assumedRefusal(ruling.refusal);
  if (refusal !== undefined) count(refusal);
  if (world.relied.length === 0) return nothingRelied;
  const taken = world.relied;
  world.relied = [];
  for (const { id } of taken) count(id);
  return taken;
}

function rulingOn(entry: WorldEntry | undefined, { incoming, collected, fault }: Call): Ruling | undefined {
  if (!mayApply(fault?.effect)) return undefined;
  const { body, generation } = incoming;
  if (body === undefined) return refusalRuling(collected, refuse("size", []));
  if (collected.unreadable) return refusalRuling(collected, refuse("body", []));
  if (entry === undefined) return refusalRuling(collected, refuse("auth", ["token"]));
  return rule(entry, { collected, generation });
}

/** What somebody needs to mend a failure that is not mesibo's. */
function failure({ token }: CollectedRequest, error: unknown): string {
  if (error instanceof SeedError)
    return `The mock could not make this world, since its seed contradicts itself: ${error.message}.`;
  const words = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const masked = createRedactor(token)(words);
  return `The mock failed on this request, and mesibo would not (${masked}). Please report it with the request.`;
}

/** The world of a call and what it rules. A failure of the mock's own is an answer too, and ends nothing. */
function decide(worlds: Worlds, call: Call): Outcome {
  let entry: WorldEntry | undefined;
  try {
    entry = worlds.find(call.collected.token);
    return { entry, ruling: rulingOn(entry, call) };
  } catch (error) {
    return { entry, ruling: defectRuling(call.collected, failure(call.collected, error)) };
  }
}

function resultOf(ruling: Ruling | undefined): EntryResult {
  if (ruling === undefined) return "fault";
  if (ruling.refusal === undefined) return "done";
  return ruling.refusal.error === "MOCKDEFECT" ? "defect" : "refused";
}

function replyOf({ collected, fault }: Call, ruling: Ruling | undefined, result: EntryResult): Reply {
  const effect = fault?.effect;
  if (ruling !== undefined) {
    const status = result === "defect" ? 500 : 200;
    return replaced({ status, contentType: JSON_TYPE, text: JSON.stringify(ruling.body) }, effect);
  }
  if (effect?.effect !== "refuse") return replaced({ status: 200, contentType: JSON_TYPE, text: "" }, effect);
  const { body } = refusalRuling(collected, injectedRefusal(effect));
  return { status: 200, contentType: JSON_TYPE, text: JSON.stringify(body) };
}

/** Answers a call, writes it into the journal, and sends once what is acknowledged is kept. */
function answer(worlds: Worlds, call: Call, send: Send): void {
  const { incoming, collected, fault } = call;
  const { entry, ruling } = decide(worlds, call);
  const result = resultOf(ruling);
  const reply = replyOf(call, ruling, result);
  const answered = fault?.effect?.effect !== "close";
  const written = (entry?.journal ?? worlds.strays).add({
    method: incoming.method,
    path: incoming.path,
    query: incoming.query,
    contentType: incoming.contentType,
    body: incoming.body ?? "",
    status: answered ? reply.status : undefined,
    answer: answered ? reply.text : "",
    op: collected.op,
    result,
    refusal: ruling?.refusal,
    relied: entry === undefined ? nothingRelied : takeRelied(entry, ruling),
    fault: fault === undefined ? undefined : describeFault(fault),
  });
  if (ruling?.applied !== undefined) worlds.recorder.applied(collected.token, ruling.applied);
  worlds.recorder.settle((error) => {
    if (error === undefined) send(reply, fault?.effect, written);
    else {
      const cause = `The mock could not write to its data file (${error.message}), so this may be gone after a restart.`;
      const { body } = defectRuling(collected, cause);
      send({ status: 500, contentType: JSON_TYPE, text: JSON.stringify(body) }, undefined, written);
    }
  });
}

function faultOf(worlds: Worlds, { op, token }: CollectedRequest): Fault | undefined {
  const faults = worlds.peek(token)?.faults;
  return faults?.active() === true ? faults.decide(findOp(op) ?? op) : undefined;
}

/** Answers a request as mesibo would, or as the faults of its world say. */
export function handle(worlds: Worlds, incoming: Incoming, send: Send): void {
  const { query, contentType, body = "" } = incoming;
  const collected = collect({ query, contentType, body });
  const call = { incoming, collected, fault: faultOf(worlds, collected) };
  const delay = call.fault?.delayMs ?? 0;
  if (delay === 0) {
    answer(worlds, call, send);
    return;
  }
  // Who has given up meanwhile is answered all the same: mesibo would apply the request too.
  const answerLate = async (): Promise<void> => {
    await waitFor(delay, worlds.closed, incoming.gone);
    if (!worlds.closed.aborted) answer(worlds, call, send);
  };
  void answerLate();
}
