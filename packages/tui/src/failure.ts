import {
  MembersError,
  MesiboError,
  RefusedError,
  type Address,
  type MemberFailure,
} from "@mesibo-groups/core";
import { operationOf } from "./operation-of.ts";
import type { Failure, MembersOutcome } from "./state/events.ts";
import { listed, plural } from "./text/words.ts";

function refusalWords({ refusal }: RefusedError): string {
  const { error, code, cause } = refusal;
  const name = code === undefined ? error : `${error} ${code}`;
  return cause === undefined ? `mesibo says ${name}.` : `${cause.replace(/\.$/, "")} (${name}).`;
}

const REFUSED_TOKEN =
  "Nothing else was tried. mesibo-groups doctor shows where the token is from; correct it, then start again.";

function tokenFailure(error: MesiboError): Failure | undefined {
  const { outcome, kind } = error;
  if (outcome === "unknown") return undefined;
  if (kind === "latched") {
    return { outcome: "not_sent", text: `Not sent: the token was refused before. ${REFUSED_TOKEN}` };
  }
  if (!(error instanceof RefusedError)) return undefined;
  const { code, error: name } = error.refusal;
  const words = code === undefined ? name : `${name} ${code}`;
  if (kind === "breach") return { outcome: "refused", text: refusalWords(error), disabled: true };
  return kind === "auth"
    ? { outcome: "refused", text: `Token refused (${words}). ${REFUSED_TOKEN}` }
    : undefined;
}

/** An error of the client in words for people. Anything else is a mistake of ours and is thrown on. */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof MesiboError)) throw error;
  const token = tokenFailure(error);
  if (token !== undefined) return token;
  const text = error instanceof RefusedError ? refusalWords(error) : error.message;
  return { outcome: error.outcome, text, operation: operationOf(error) };
}

/** Whether a member was refused for being no user of the app. */
export const isStranger = ({ error }: MemberFailure): boolean =>
  // mesibo: no source names the string for an address that is no user; the mock says BADUSER (section 10, row 10).
  error instanceof RefusedError && error.refusal.error === "BADUSER";

const addressesOf = (failures: readonly MemberFailure[]): readonly Address[] =>
  failures.map(({ address }) => address);

function reportWords({ report }: MembersError): string {
  const { done, refused, unknown, notSent, stoppedBy } = report;
  const parts: string[] = [];
  const strangers = addressesOf(refused.filter(isStranger));
  const others = refused.filter((failure) => !isStranger(failure));
  if (strangers.length > 0) {
    const are = strangers.length === 1 ? "is not a user" : "are not users";
    parts.push(`You can only add valid users: ${listed(strangers)} ${are} of this app.`);
  }
  const first = others[0];
  if (first !== undefined) parts.push(`${listed(addressesOf(others))}: ${failureOf(first.error).text}`);
  if (unknown.length > 0)
    parts.push(`${listed(addressesOf(unknown))}: sent, but no answer came; it may have happened.`);
  if (notSent.length > 0) parts.push(`Not sent: ${listed(notSent)}.`);
  if (stoppedBy?.outcome === "not_sent") parts.push(failureOf(stoppedBy).text);
  if (done.length > 0) parts.push(`${plural(done.length, "other")} done.`);
  return parts.join(" ");
}

/** How an edit of members ended that was not done for every address. Anything unexpected is thrown on. */
export function membersFailure(error: unknown): MembersOutcome {
  if (error instanceof MembersError) {
    return {
      report: error.report,
      failure: {
        outcome: error.outcome,
        text: reportWords(error),
        operation: operationOf(error),
        disabled: error.report.refused.some(({ error: reason }) => reason.kind === "breach"),
      },
    };
  }
  const failure = failureOf(error);
  return {
    report: { done: [], refused: [], unknown: [], notSent: [], calls: 0 },
    failure,
  };
}
