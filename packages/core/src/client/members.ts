import { addressFault, type Address } from "../domain/member.ts";
import type { GroupEditMembers } from "../domain/requests.ts";
import type { Call } from "./call.ts";
import { MembersError, MesiboError, RefusedError, type MemberFailure, type MembersReport } from "./errors.ts";
import type { CallOptions } from "./options.ts";
import { validateRequest } from "./validate.ts";

/** The most addresses in one call. */
export const MAX_BATCH_ADDRESSES = 100;

/** The most bytes of addresses in one call: mesibo's on-premise front end limits a body to 8 KiB (OPgit). */
export const MAX_BATCH_BYTES = 6 * 1024;

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
  /** Called after each call. */
  readonly onProgress?: ((progress: MembersProgress) => void) | undefined;
  /**
   * Calls that may be spent on finding the addresses at fault in refused batches.
   * Default: 64, or 16 for each batch where that is more.
   */
  readonly isolationCalls?: number | undefined;
}

/** Splits a list into batches of at most 100 addresses and 6 KiB. Duplicates go, the order stays. */
export function batchAddresses(addresses: readonly Address[]): readonly (readonly Address[])[] {
  const batches: Address[][] = [];
  let current: Address[] = [];
  let bytes = 0;
  for (const address of new Set(addresses)) {
    // Percent-encoded with its comma: the larger of the two dialects.
    const cost = encodeURIComponent(address).length + 3;
    if (current.length === MAX_BATCH_ADDRESSES || (current.length > 0 && bytes + cost > MAX_BATCH_BYTES)) {
      batches.push(current);
      current = [];
      bytes = 0;
    }
    current.push(address);
    bytes += cost;
  }
  if (current.length > 0) batches.push(current);
  return batches;
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
  stopped: boolean;
}

/**
 * Edits members in batches. A refused batch is halved until the addresses at fault are found: mesibo answers
 * only yes or no for a whole list, and adding again is an update, so splitting is safe.
 *
 * Resolves when every address is done; throws {@link MembersError} with a report otherwise. After an unknown
 * outcome or an abort no further batch starts.
 */
export async function editMembers(
  call: Call,
  request: GroupEditMembers,
  options: MembersOptions = {},
): Promise<MembersReport> {
  const { signal, onProgress } = options;
  const wrong = request.members.find((address) => addressFault(address) !== undefined);
  validateRequest(
    "groupeditmembers",
    wrong === undefined ? { ...request, members: [] } : { ...request, members: [wrong] },
  );
  const batches = batchAddresses(request.members);
  const total = batches.reduce((sum, batch) => sum + batch.length, 0);
  const job: Job = {
    done: [],
    refused: [],
    unknown: [],
    notSent: [],
    calls: 0,
    isolationLeft: options.isolationCalls ?? Math.max(64, 16 * batches.length),
    stopped: false,
  };

  function refuse(addresses: readonly Address[], error: MesiboError, isolated: boolean): void {
    job.refused.push(...addresses.map((address) => ({ address, error, isolated })));
  }

  /** Applies one list in one call. Answers the refusal where mesibo refused it. */
  async function apply(addresses: readonly Address[]): Promise<RefusedError | undefined> {
    job.calls += 1;
    try {
      await call("groupeditmembers", { ...request, members: addresses }, { signal });
      job.done.push(...addresses);
      return undefined;
    } catch (error) {
      if (!(error instanceof MesiboError)) throw error;
      if (error instanceof RefusedError) {
        job.stopped ||= error.kind !== "refused";
        return error;
      }
      if (error.outcome === "not_sent") job.notSent.push(...addresses);
      else
        job.unknown.push(
          ...addresses.map((address) => ({ address, error, isolated: addresses.length === 1 })),
        );
      job.stopped = true;
      return undefined;
    } finally {
      const { done, refused, unknown, calls } = job;
      onProgress?.({ done: done.length, refused: refused.length, unknown: unknown.length, total, calls });
    }
  }

  /** Finds the addresses at fault in a list that mesibo refused as a whole. */
  async function isolate(addresses: readonly Address[], refusal: RefusedError): Promise<void> {
    if (addresses.length === 1 || !mayBeAboutMembers(refusal)) {
      refuse(addresses, refusal, addresses.length === 1 || !mayBeAboutMembers(refusal));
      return;
    }
    const middle = Math.ceil(addresses.length / 2);
    const left = addresses.slice(0, middle);
    const leftIsFine = await applyPart(left, refusal, false);
    // The whole was refused and its left half was not: the fault is on the right, and a call would tell no more.
    await applyPart(addresses.slice(middle), refusal, leftIsFine);
  }

  /** Applies a part of a refused list. Answers true when all of it is done. */
  async function applyPart(
    part: readonly Address[],
    whole: RefusedError,
    atFault: boolean,
  ): Promise<boolean> {
    if (atFault && part.length > 1) {
      await isolate(part, whole);
      return false;
    }
    if (job.stopped) {
      job.notSent.push(...part);
      return false;
    }
    if (job.isolationLeft === 0) {
      refuse(part, whole, false);
      return false;
    }
    job.isolationLeft -= 1;
    const before = job.done.length;
    const refusal = await apply(part);
    if (refusal !== undefined) await isolate(part, refusal);
    return job.done.length === before + part.length;
  }

  for (const batch of batches) {
    if (job.stopped || signal?.aborted === true) {
      job.notSent.push(...batch);
      continue;
    }
    const refusal = await apply(batch);
    if (refusal !== undefined) await isolate(batch, refusal);
  }

  const { done, refused, unknown, notSent, calls } = job;
  const report: MembersReport = { done, refused, unknown, notSent, calls };
  if (done.length !== total) throw new MembersError("groupeditmembers", report);
  return report;
}
