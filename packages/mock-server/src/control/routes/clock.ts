import * as z from "zod/mini";
import { expiresNext } from "../../state.ts";
import type { WorldEntry } from "../../worlds.ts";
import { defineRoute, noBody, noQuery, worldOf, type Route } from "../route.ts";
import { clock as clockShape } from "../schemas.ts";

// Year 9999: a clock beyond it writes times that nobody reads.
const MAX_TIME = 253_402_300_799;
const seconds = z.number().check(z.minimum(-MAX_TIME), z.maximum(MAX_TIME));

const change = z.strictObject({
  now: z.optional(z.number().check(z.minimum(0), z.maximum(MAX_TIME))),
  advance_seconds: z.optional(seconds),
  frozen: z.optional(z.boolean()),
});

/** A world's clock as it is shown. */
const clockView = (entry: WorldEntry) => ({
  now: entry.clock.now(),
  frozen: entry.clock.frozen(),
  ahead: entry.clock.state().offset,
  expires_next: expiresNext(entry),
});

const path = "/worlds/{token}/clock";

/** A world's time: read it, set, advance, freeze and release it. */
export const clockRoutes: readonly Route[] = [
  defineRoute({
    method: "get",
    path,
    id: "getClock",
    summary: "A world's time in Unix seconds, and the groups that end next.",
    query: noQuery,
    body: noBody,
    answers: { 200: { description: "The clock.", schema: clockShape } },
    problems: ["unknown-token"],
    handle: (request) => ({ status: 200, json: clockView(worldOf(request)) }),
  }),
  defineRoute({
    method: "patch",
    path,
    id: "patchClock",
    summary: "Sets, advances, freezes or releases a world's time; in this order, where several are given.",
    query: noQuery,
    body: change,
    answers: { 200: { description: "The clock as it is now.", schema: clockShape } },
    problems: ["unknown-token"],
    handle: (request) => {
      const { now, advance_seconds, frozen } = request.body;
      const entry = worldOf(request);
      request.context.worlds.changeClock(entry, (clock) => {
        if (now !== undefined) clock.set(now);
        if (advance_seconds !== undefined) clock.advance(advance_seconds);
        if (frozen === true) clock.freeze();
        if (frozen === false) clock.release();
      });
      return { status: 200, json: clockView(entry) };
    },
  }),
];
