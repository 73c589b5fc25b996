import type { OpName, Refusal, Sent } from "@mesibo-groups/core";
import type { Check } from "./health-check.ts";
import { problemTypes, type ProblemName, type ProblemType } from "./problem-types.ts";

/** One field at fault. */
export interface FieldError {
  readonly in: "body" | "path" | "query" | "header";
  /** JSON pointer into the body, or the name of the parameter or header after a slash. */
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
}

/** A refusal of mesibo, as an answer shows it. */
export interface UpstreamRefusal extends Refusal {
  readonly op: OpName;
}

/** What a problem of some kind carries besides the members that all have. */
export interface ProblemMembers {
  readonly errors?: readonly FieldError[] | undefined;
  readonly upstream?: UpstreamRefusal | undefined;
  readonly may_have_happened?: boolean | undefined;
  readonly gid?: number | undefined;
  /** The path of the operation. */
  readonly operation?: string | undefined;
  /** The ETag of what is there now. */
  readonly etag?: string | undefined;
  /** How many members a list would remove. */
  readonly removals?: number | undefined;
  readonly allow?: readonly string[] | undefined;
  readonly required_scope?: string | undefined;
  /** What readiness has looked at. */
  readonly checks?: readonly Check[] | undefined;
  /** The first event that is there, or will be. */
  readonly oldest_event_id?: number | undefined;
  /** The last event that was ever told. */
  readonly newest_event_id?: number | undefined;
  /** The rate limits that the request is over. */
  readonly "violated-policies"?: readonly string[] | undefined;
}

/** A problem as it is answered (RFC 9457). */
export interface ProblemBody extends ProblemMembers {
  readonly type: string;
  readonly title: string;
  readonly status: ProblemType["status"];
  readonly detail: string;
  /** The request's id. */
  readonly instance: string;
  readonly retryable: boolean;
  readonly sent: Sent;
}

/** What a {@link ProblemError} is made of. */
export interface ProblemFacts {
  readonly detail: string;
  readonly retryable?: boolean | undefined;
  readonly sent?: Sent | undefined;
  readonly members?: ProblemMembers | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** A request that ends in a problem. Its message is the problem's detail, so it holds no secret. */
export class ProblemError extends Error {
  override readonly name = "ProblemError";
  readonly problem: ProblemName;
  readonly facts: ProblemFacts;

  constructor(problem: ProblemName, facts: ProblemFacts) {
    super(facts.detail);
    this.problem = problem;
    this.facts = facts;
  }
}

/** The media type of every problem. */
export const PROBLEM_JSON = "application/problem+json";

/** A problem's body. */
export function problemBody({ problem, facts }: ProblemError, instance: string): ProblemBody {
  const { status, title, retryable, sent } = problemTypes[problem];
  return {
    type: `/problems/${problem}`,
    title,
    status,
    detail: facts.detail,
    instance,
    retryable: facts.retryable ?? retryable,
    sent: facts.sent ?? sent,
    ...facts.members,
  };
}
