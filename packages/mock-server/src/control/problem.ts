/** Every problem of the control API, by the last part of its type. */
export const problems = {
  malformed: { status: 400, title: "The request cannot be read" },
  validation: { status: 400, title: "The request has fields that cannot be taken" },
  "foreign-host": { status: 403, title: "The request comes from somewhere else" },
  "not-found": { status: 404, title: "There is nothing at this path" },
  "unknown-token": { status: 404, title: "This mock does not know the token" },
  "unknown-world": { status: 404, title: "There is no such world" },
  "unknown-request": { status: 404, title: "The journal has no such request" },
  "unknown-user": { status: 404, title: "The world has no such user" },
  "method-not-allowed": { status: 405, title: "The path does not take this method" },
  "too-large": { status: 413, title: "The body is too large" },
  "seed-refused": { status: 422, title: "The seed contradicts itself" },
  "snapshot-refused": { status: 422, title: "The snapshot cannot be restored" },
  "not-kept": { status: 500, title: "The data file cannot be written" },
  defect: { status: 500, title: "The mock failed" },
} as const satisfies Record<string, { readonly status: number; readonly title: string }>;

/** The name of a problem. */
export type ProblemName = keyof typeof problems;

/** Why a request to the control API cannot be done (RFC 9457). Its message is the problem's detail. */
export class ControlProblem extends Error {
  override readonly name = "ControlProblem";
  readonly problem: ProblemName;
  readonly headers: Readonly<Record<string, string>>;

  constructor(problem: ProblemName, detail: string, headers: Readonly<Record<string, string>> = {}) {
    super(detail);
    this.problem = problem;
    this.headers = headers;
  }
}

/** A problem as it is answered. */
export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
}

/** The answer of a problem. */
export function problemBody({ problem, message }: ControlProblem): ProblemBody {
  const { status, title } = problems[problem];
  return { type: `urn:mesibo-mock:problem:${problem}`, title, status, detail: message };
}
