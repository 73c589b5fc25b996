import { ProblemError } from "./problem.ts";
import type { StoreError } from "./store/errors.ts";

/** The problem that a failing store is answered with. Where it is stays with the operator, in the log. */
export function storeProblem({ kind }: StoreError): ProblemError {
  if (kind === "busy") {
    return new ProblemError("group-busy", {
      detail: "Another change of this group takes long. Nothing was done.",
      headers: { "retry-after": "2" },
    });
  }
  return new ProblemError("store-unavailable", {
    detail: "The gateway's database does not take the request. Nothing was sent.",
    headers: { "retry-after": "2" },
  });
}
