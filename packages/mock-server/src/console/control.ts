import { ControlProblem } from "../control/problem.ts";
import type { RouteAnswer } from "../control/route.ts";
import { routes } from "../control/routes/index.ts";
import type { Failure } from "./failure.ts";
import type { Visit } from "./page.ts";

/** A call of the control API about the world of a visit. */
export interface ControlCall {
  /** As the document names it. */
  readonly id: string;
  readonly params?: Readonly<Record<string, string>> | undefined;
  readonly query?: Readonly<Record<string, string>> | undefined;
  readonly body?: unknown;
}

/** Asks a route of the control API, which checks and does what the console leaves to it. Throws `ControlProblem`. */
export function askControl({ context, entry, origin }: Visit, call: ControlCall): RouteAnswer {
  const { id, params = {}, query = {}, body } = call;
  const route = routes.find((each) => each.id === id);
  if (route === undefined) throw new ControlProblem("defect", `The control API has no ${id}.`);
  return route.handle({ context, params: { ...params, token: entry.token }, query, body, origin });
}

/** Why a route did not do it; undefined where it did. */
export function failureOfControl(visit: Visit, call: ControlCall): Failure | undefined {
  try {
    askControl(visit, call);
    return undefined;
  } catch (error) {
    if (error instanceof ControlProblem) return { title: "Not done", sentence: error.message, n: undefined };
    throw error;
  }
}
