import { MembersError, type Gid, type MemberFailure, type MembersReport } from "@mesibo-groups/core";
import { operationOf } from "../../operation-of.ts";
import { describeFailure } from "../failure.ts";
import type { Report } from "../report.ts";
import { plural } from "../../text/words.ts";

function failureData({ address, error }: MemberFailure) {
  const operation = operationOf(error);
  return {
    address,
    error: { kind: error.kind, message: describeFailure(error).document.message },
    ...(operation === undefined ? {} : { operation }),
  };
}

const failureLines = (word: string, failures: readonly MemberFailure[]): readonly string[] =>
  failures.map(({ address, error }) => {
    const operation = operationOf(error);
    return `${word} ${address}: ${error.message}${operation === undefined ? "" : ` (${operation})`}`;
  });

/** What became of a member list, as data. */
export const membersData = ({ done, refused, unknown, notSent, calls }: MembersReport) => ({
  done,
  refused: refused.map(failureData),
  unknown: unknown.map(failureData),
  not_sent: notSent,
  calls,
});

/** What became of a member list, as data and as lines. */
export function membersReport(
  { gid, report, did }: { readonly gid: Gid; readonly report: MembersReport; readonly did: string },
  more: Readonly<Record<string, unknown>> = {},
): Report {
  const { done, refused, unknown, notSent } = report;
  const failed = refused.length + unknown.length + notSent.length > 0;
  return {
    data: { gid, ...more, ...membersData(report) },
    text: [
      `${did} ${plural(done.length, "member")} of ${gid}`,
      ...failureLines("refused", refused),
      ...failureLines("unknown", unknown),
      ...notSent.map((address) => `not sent ${address}`),
    ],
    ...(failed ? { error: new MembersError("groupeditmembers", report) } : {}),
  };
}
