import * as z from "zod/mini";
import { faultPlanSchema, faultRule, planFromJson } from "../../faults/plan.ts";
import { defineRoute, noBody, noQuery, worldOf, type Route } from "../route.ts";
import { count } from "../schemas.ts";

const planShape = z.object({
  seed: count,
  rules: z.array(z.object({ rule: faultRule, matched: count, fired: count })),
});

const path = "/worlds/{token}/faults";

/** Faults and latency of a world. */
export const faultRoutes: readonly Route[] = [
  defineRoute({
    method: "get",
    path,
    id: "getFaults",
    summary: "The seed and the rules, with how often each has matched and fired.",
    query: noQuery,
    body: noBody,
    answers: { 200: { description: "The faults.", schema: planShape } },
    problems: ["unknown-token"],
    handle: (request) => ({ status: 200, json: worldOf(request).faults.state() }),
  }),
  defineRoute({
    method: "put",
    path,
    id: "putFaults",
    summary:
      "Injects faults, in place of those before: rules, or rules with a seed that repeats a run exactly.",
    query: noQuery,
    body: faultPlanSchema,
    answers: { 200: { description: "The faults as they are now.", schema: planShape } },
    problems: ["unknown-token"],
    handle: (request) => {
      const { faults } = worldOf(request);
      faults.set(planFromJson(request.body));
      return { status: 200, json: faults.state() };
    },
  }),
  defineRoute({
    method: "delete",
    path,
    id: "deleteFaults",
    summary: "No faults any more.",
    query: noQuery,
    body: noBody,
    answers: { 204: { description: "There are none." } },
    problems: ["unknown-token"],
    handle: (request) => {
      worldOf(request).faults.clear();
      return { status: 204 };
    },
  }),
];
