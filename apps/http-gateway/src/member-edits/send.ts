import {
  MembersError,
  type MesiboError,
  RefusedError,
  type Client,
  type MemberFailure,
  type MembersOptions,
  type MembersReport,
  type Permissions,
} from "@mesibo-groups/core";
import { upstreamProblem } from "../upstream-problem.ts";
import { editProblem, type EditItem } from "./edit.ts";
import type { Answered } from "./settle.ts";

/** Edits with the same permissions, few enough for one call. */
export interface Batch {
  /** Undefined removes. */
  readonly permissions: Permissions | undefined;
  readonly items: readonly EditItem[];
}

/** What a batch has come to. */
export interface Sent {
  readonly answered: readonly Answered[];
  /** Edits that were not sent, or only together with others that mesibo refused. */
  readonly left: readonly EditItem[];
  readonly calls: number;
  readonly stoppedBy: MesiboError | undefined;
}

/** Sends a batch through core, which finds the addresses at fault where mesibo refuses. */
async function report(
  client: Client,
  { gid, batch }: { readonly gid: number; readonly batch: Batch },
  options: MembersOptions,
): Promise<MembersReport> {
  const { permissions, items } = batch;
  const addresses = items.map(({ address }) => address);
  try {
    return await (permissions === undefined
      ? client.members.remove({ gid, addresses }, options)
      : client.members.add({ gid, addresses, permissions }, options));
  } catch (error) {
    if (error instanceof MembersError) return error.report;
    throw error;
  }
}

/**
 * Sends a batch. An edit that may have been sent before, by a process that is gone, is not taken for undone where
 * mesibo refuses the repetition.
 */
export async function sendBatch(
  client: Client,
  { gid, batch }: { readonly gid: number; readonly batch: Batch },
  options: MembersOptions,
): Promise<Sent> {
  const { done, refused, unknown, notSent, calls, stoppedBy } = await report(client, { gid, batch }, options);
  const byAddress = new Map(batch.items.map((item) => [item.address, item]));
  const itemOf = (address: string): EditItem => {
    const item = byAddress.get(address);
    if (item === undefined) throw new Error("core reports an address that nobody gave it");
    return item;
  };
  const failed =
    (outcome: "refused" | "unknown") =>
    ({ address, error, isolated }: MemberFailure): Answered => {
      const item = itemOf(address);
      const problem = editProblem(upstreamProblem(error, client.latched()), { isolated });
      const inDoubt = item.status === "sending" && error instanceof RefusedError;
      return { item, outcome: inDoubt ? "unknown" : outcome, problem };
    };
  return {
    answered: [
      ...done.map((address): Answered => ({ item: itemOf(address), outcome: "done", problem: undefined })),
      ...refused.map(failed("refused")),
      ...unknown.map(failed("unknown")),
    ],
    left: notSent.map(itemOf),
    calls,
    stoppedBy,
  };
}
