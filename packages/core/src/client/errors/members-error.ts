import type { Address } from "../../domain/member.ts";
import type { OpName } from "../../domain/requests.ts";
import { MesiboError } from "./mesibo-error.ts";

/** One address of a member list that was not done, and why. */
export interface MemberFailure {
  readonly address: Address;
  readonly error: MesiboError;
  /** False when the call budget ran out before this address was tried by itself. */
  readonly isolated: boolean;
}

/** What became of each address of a member list. Every address is in exactly one of the four lists. */
export interface MembersReport {
  readonly done: readonly Address[];
  readonly refused: readonly MemberFailure[];
  readonly unknown: readonly MemberFailure[];
  readonly notSent: readonly Address[];
  /** Calls that were started, the last one perhaps without being sent. */
  readonly calls: number;
  /** What kept the rest from being sent; undefined where nothing did, or where the caller stopped it. */
  readonly stoppedBy?: MesiboError | undefined;
}

/**
 * Not every address of a member list was done.
 *
 * @example
 * ```ts
 * import { allPermissions, createClient, MembersError } from "@mesibo-groups/core";
 *
 * const answer = '{"error":"BADUSER","code":404,"op":"groupeditmembers","result":false}';
 * const client = createClient({ token: "app-token", fetch: async () => new Response(answer) });
 * const error: unknown = await client.members
 *   .add({ gid: 5, addresses: ["stranger"], permissions: allPermissions })
 *   .catch((reason: unknown) => reason);
 * console.assert(error instanceof MembersError && error.report.refused[0]?.address === "stranger");
 * ```
 */
export class MembersError extends MesiboError {
  override readonly name = "MembersError";
  readonly report: MembersReport;

  constructor(op: OpName, report: MembersReport) {
    const { done, refused, unknown, notSent, calls } = report;
    const answered = done.length + refused.length > 0;
    const outcome = unknown.length > 0 ? "unknown" : refused.length > 0 ? "refused" : "not_sent";
    const shown = [...refused, ...unknown].slice(0, 5).map(({ address }) => address);
    const named = shown.length === 0 ? "" : `: ${shown.join(", ")}${shown.length === 5 ? "…" : ""}`;
    super(
      {
        op,
        kind: "members",
        sent: outcome === "unknown" ? "maybe" : answered ? "yes" : "no",
        outcome,
        attempts: calls,
      },
      `${op}: ${done.length} done, ${refused.length} refused, ${unknown.length} unknown, ${notSent.length} not sent${named}`,
    );
    this.report = report;
  }
}
