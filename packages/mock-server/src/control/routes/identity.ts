import * as z from "zod/mini";
import { countByConfidence, fidelity, notEmulated } from "../../fidelity.ts";
import { metrics } from "../metrics.ts";
import { defineRoute, noBody, noQuery, type Route } from "../route.ts";
import { behaviour, count, instance } from "../schemas.ts";

const rowsBy = z.object({ documented: count, recorded: count, assumed: count });

/** Which mock this is, how it is, and what it rests on. */
export const identityRoutes: readonly Route[] = [
  defineRoute({
    method: "get",
    path: "/identity",
    id: "getIdentity",
    summary: "Which mock answers: build, instance and seed. Every answer carries them as headers too.",
    query: noQuery,
    body: noBody,
    answers: { 200: { description: "The identity.", schema: instance } },
    handle: ({ context }) => ({ status: 200, json: context.instance }),
  }),
  defineRoute({
    method: "get",
    path: "/health",
    id: "getHealth",
    summary: "Whether the mock is alive.",
    query: noQuery,
    body: noBody,
    answers: { 200: { description: "It is.", schema: z.object({ ok: z.boolean() }) } },
    handle: () => ({ status: 200, json: { ok: true } }),
  }),
  defineRoute({
    method: "get",
    path: "/fidelity",
    id: "getFidelity",
    summary: "Every behaviour with its source and confidence, and what is not emulated.",
    query: noQuery,
    body: noBody,
    answers: {
      200: {
        description: "The fidelity table.",
        schema: z.object({
          counts: rowsBy,
          areas: z.array(z.object({ name: z.string(), behaviours: z.array(behaviour) })),
          not_emulated: z.array(z.string()),
        }),
      },
    },
    handle: () => ({
      status: 200,
      json: { counts: countByConfidence(), areas: fidelity, not_emulated: notEmulated },
    }),
  }),
  defineRoute({
    method: "get",
    path: "/metrics",
    id: "getMetrics",
    summary: "Counters as Prometheus text, by world id.",
    query: noQuery,
    body: noBody,
    answers: { 200: { description: "The counters.", type: "text/plain" } },
    handle: ({ context }) => ({
      status: 200,
      text: { type: "text/plain; version=0.0.4", text: metrics(context.worlds) },
    }),
  }),
];
