import type { Address } from "../domain/member.ts";
import type { GroupEditMembers } from "../domain/requests.ts";
import type { Caller } from "./call.ts";
import { MembersError, type MemberFailure, type MembersReport } from "./errors/members-error.ts";
import { MesiboError } from "./errors/mesibo-error.ts";
import { RefusedError } from "./errors/refused-error.ts";
import type { CallOptions } from "./options.ts";
import { tell } from "./tell.ts";

/** How far a member list has come. */
export interface MembersProgress {
  readonly done: number;
  readonly refused: number;
  readonly unknown: number;
  readonly total: number;
  readonly calls: number;
}

/** What a member list can be given besides what a call can. */
export interface MembersOptions extends CallOptions {
  /** Called after each call. What it throws is ignored. */
  readonly onProgress?: ((progress: MembersProgress) => void) | undefined;
  /**
   * Starts no further call once it has fired. Unlike `signal` it waits for the answer of the call that is on its
   * way, so that no outcome becomes unknown.
   */
  readonly stop?: AbortSignal | undefined;
  /** Awaited before each call: the moment to look whether `stop` is to fire. What it throws ends the list. */
  readonly beforeCall?: (() => Promise<void>) | undefined;
}

// mesibo: no source names the strings of a refused member; a refusal that names other parameters only is not
// about members, and splitting the list would find nothing.
function mayBeAboutMembers({ refusal, kind }: RefusedError): boolean {
  const { properties } = refusal;
  return (
    kind === "refused" && (properties === undefined || properties.length === 0 || properties.includes("m"))
  );
}

interface Job {
  readonly done: Address[];
  readonly refused: MemberFailure[];
  readonly unknown: MemberFailure[];
  readonly notSent: Address[];
  calls: number;
  isolationLeft: number;
  stoppedBy: MesiboError | undefined;
}

/**
 * Edits members in batches. A refused batch is halved until the addresses at fault are found: mesibo answers
 * only yes or no for a whole list, and adding again is an update, so splitting is safe.
 *
 * Resolves when every address is done; throws {@link MembersError} with a report otherwise. After an unknown
 * outcome or an abort no further batch starts.
 */
export async function editMembers(
  { call, check, batch }: Pick<Caller, "call" | "check" | "batch">,
  request: GroupEditMembers,
  options: MembersOptions = {},
): Promise<MembersReport> {
  const { signal, stop } = options;
  check("groupeditmembers", request);
  // Kept as they are now, whatever the caller does to the object while the batches go out.
  const { gid, remove } = request;
  const permissions = { ...request.permissions };
  const batches = batch(request.members);
  const total = batches.reduce((sum, batch) => sum + batch.length, 0);
  const job: Job = {
    done: [],
    refused: [],
    unknown: [],
    notSent: [],
    calls: 0,
    isolationLeft: options.isolationCalls ?? Math.max(64, 16 * batches.length),
    stoppedBy: undefined,
  };

  let sent = 0;

  const halted = (): boolean =>
    job.stoppedBy !== undefined || signal?.aborted === true || stop?.aborted === true;

  function refuse(addresses: readonly Address[], error: MesiboError, isolated: boolean): void {
    job.refused.push(...addresses.map((address) => ({ address, error, isolated })));
  }

  /** Takes over what a gateway has made of a batch: it searches for the addresses at fault itself. */
  function merge({ done, refused, unknown, notSent, calls, stoppedBy }: MembersReport): void {
    job.done.push(...done);
    job.refused.push(...refused);
    job.unknown.push(...unknown);
    job.notSent.push(...notSent);
    job.calls += calls - 1;
    job.isolationLeft = Math.max(0, job.isolationLeft - (calls - 1));
    job.stoppedBy = stoppedBy;
  }

  /** Applies one list in one call. Answers the refusal where mesibo refused it. */
  async function apply(addresses: readonly Address[]): Promise<RefusedError | undefined> {
    await options.beforeCall?.();
    if (halted()) {
      job.notSent.push(...addresses);
      return undefined;
    }
    job.calls += 1;
    try {
      const beforeSend = sent === 0 ? options.beforeSend : undefined;
      sent += 1;
      const idempotencyKey = options.idempotencyKey && `${options.idempotencyKey}-${sent}`;
      const request = { gid, members: addresses, permissions, remove };
      const isolationCalls = job.isolationLeft;
      const { caller } = options;
      await call("groupeditmembers", request, { signal, beforeSend, caller, idempotencyKey, isolationCalls });
      job.done.push(...addresses);
      return undefined;
    } catch (error) {
      if (!(error instanceof MesiboError)) throw error;
      if (error instanceof MembersError) {
        merge(error.report);
        return undefined;
      }
      if (error instanceof RefusedError) return error;
      if (error.outcome === "not_sent") job.notSent.push(...addresses);
      else
        job.unknown.push(
          ...addresses.map((address) => ({ address, error, isolated: addresses.length === 1 })),
        );
      job.stoppedBy = error;
      return undefined;
    } finally {
      report();
    }
  }

  function report(): void {
    const { done, refused, unknown, calls } = job;
    tell(options.onProgress, {
      done: done.length,
      refused: refused.length,
      unknown: unknown.length,
      total,
      calls,
    });
  }

  /** Tries a part of a refused list. `settled` where its outcome is on record without a refusal to look into. */
  async function tryPart(
    part: readonly Address[],
    whole: RefusedError,
  ): Promise<RefusedError | "done" | "settled"> {
    if (halted()) {
      job.notSent.push(...part);
      return "settled";
    }
    if (job.isolationLeft === 0) {
      refuse(part, whole, false);
      return "settled";
    }
    job.isolationLeft -= 1;
    const before = job.done.length;
    const refusal = await apply(part);
    return refusal ?? (job.done.length === before + part.length ? "done" : "settled");
  }

  /** Whether nothing is left to search in a refusal; it is on record then. */
  function concludes(addresses: readonly Address[], refusal: RefusedError): boolean {
    const aboutMembers = mayBeAboutMembers(refusal);
    if (aboutMembers && addresses.length > 1) return false;
    // What is about the group would be refused for every other batch as well.
    if (!aboutMembers) job.stoppedBy = refusal;
    refuse(addresses, refusal, true);
    return true;
  }

  /** Finds every address at fault in a refused list by trying both halves. */
  async function halve(addresses: readonly Address[], refusal: RefusedError): Promise<void> {
    if (concludes(addresses, refusal)) return;
    const middle = Math.ceil(addresses.length / 2);
    const left = addresses.slice(0, middle);
    const right = addresses.slice(middle);
    const first = await tryPart(left, refusal);
    if (first instanceof RefusedError) await halve(left, first);
    // The whole was refused and its left half was not: the fault is on the right, and a call would tell no more.
    const second = first === "done" && right.length > 1 ? refusal : await tryPart(right, refusal);
    if (second instanceof RefusedError) await halve(right, second);
  }

  /** Finds the first address at fault in a refused list. Answers those behind it, which are untried. */
  async function findFirst(addresses: readonly Address[], whole: RefusedError): Promise<readonly Address[]> {
    let from = 0;
    let to = addresses.length;
    let refusal = whole;
    while (!concludes(addresses.slice(from, to), refusal)) {
      const middle = Math.ceil((from + to) / 2);
      const outcome = await tryPart(addresses.slice(from, middle), refusal);
      if (outcome === "settled") return addresses.slice(middle);
      if (outcome instanceof RefusedError) {
        to = middle;
        refusal = outcome;
        continue;
      }
      from = middle;
      if (to - from > 1) continue;
      const last = await tryPart(addresses.slice(from, to), refusal);
      if (last instanceof RefusedError) concludes(addresses.slice(from, to), last);
      break;
    }
    return addresses.slice(to);
  }

  /**
   * Finds the addresses at fault in a batch that mesibo refused as a whole. Mostly it is one: then the rest is
   * done in one call, where trying both halves all the way down would take one for each of them.
   */
  async function isolate(batch: readonly Address[], whole: RefusedError): Promise<void> {
    const rest = await findFirst(batch, whole);
    const refusal = rest.length === 0 ? "done" : await tryPart(rest, whole);
    if (refusal instanceof RefusedError) await halve(rest, refusal);
  }

  for (const batch of batches) {
    if (halted()) {
      job.notSent.push(...batch);
      continue;
    }
    const refusal = await apply(batch);
    if (refusal !== undefined) await isolate(batch, refusal);
  }

  const { done, refused, unknown, notSent, calls, stoppedBy } = job;
  const result: MembersReport = { done, refused, unknown, notSent, calls, stoppedBy };
  if (done.length !== total) throw new MembersError("groupeditmembers", result);
  return result;
}
