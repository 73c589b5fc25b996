import type { Requests } from "../../domain/requests.ts";
import type { RestBatchResult } from "../../wire/rest/answer.ts";
import { MembersError, type MemberFailure, type MembersReport } from "../errors/members-error.ts";
import type { MesiboError } from "../errors/mesibo-error.ts";
import { NotSentError } from "../errors/not-sent-error.ts";
import { RefusedError } from "../errors/refused-error.ts";
import { UnknownOutcomeError } from "../errors/unknown-outcome-error.ts";
import { refusedError } from "../failures.ts";
import { oneLine } from "../words.ts";

const op = "groupeditmembers";
const MAX_WORDS = 300;

type Item = RestBatchResult["items"][number];

interface Reading {
  readonly result: RestBatchResult;
  readonly redact: (text: string) => string;
}

function errorOf({ status, problem }: Item, { result, redact }: Reading): MesiboError {
  const effort = { op, attempts: 1 } as const;
  const name = problem?.name ?? status;
  if (status === "unknown") {
    const kind = name === "upstream-protocol" ? "protocol" : "unknown";
    return new UnknownOutcomeError({ ...effort, kind, sent: "maybe" }, name, result.operation);
  }
  if (problem?.upstream !== undefined) return refusedError(effort, problem.upstream, redact);
  const cause = problem && oneLine(redact(problem.detail), MAX_WORDS);
  const facts = { ...effort, kind: "refused", sent: "yes", outcome: "refused" } as const;
  return new RefusedError(facts, { error: name, cause }, "the gateway");
}

/** What kept the rest of a batch from being sent. */
function stopOf(failures: readonly MemberFailure[], { result, redact }: Reading): MesiboError | undefined {
  const { stopped } = result;
  if (stopped === null) return undefined;
  const last = failures.at(-1)?.error;
  if (last !== undefined && (stopped.reason === "refused" || stopped.reason === "unknown_outcome"))
    return last;
  const message = `${op}: the gateway did not send the rest: ${oneLine(redact(stopped.detail), MAX_WORDS)}`;
  return new NotSentError({ op, attempts: 1, kind: "not_sent" }, stopped.reason, { message });
}

/** Throws `MembersError` unless a gateway has done all of a batch; `redact` masks the key. */
export function checkBatch({ members }: Requests["groupeditmembers"], reading: Reading): void {
  const { result } = reading;
  const byAddress = new Map(result.items.map((item) => [item.address, item]));
  const done: string[] = [];
  const notSent: string[] = [];
  const refused: MemberFailure[] = [];
  const unknown: MemberFailure[] = [];
  for (const address of members) {
    const item = byAddress.get(address);
    if (item === undefined || item.status === "skipped") notSent.push(address);
    else if (item.status !== "refused" && item.status !== "unknown") done.push(address);
    else {
      const failures = item.status === "refused" ? refused : unknown;
      failures.push({ address, error: errorOf(item, reading), isolated: item.problem?.isolated ?? true });
    }
  }
  if (done.length === members.length) return;
  const stoppedBy = stopOf(unknown.length > 0 ? unknown : refused, reading);
  const report: MembersReport = { done, refused, unknown, notSent, calls: result.calls, stoppedBy };
  throw new MembersError(op, report);
}
