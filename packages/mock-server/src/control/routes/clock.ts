import * as z from "zod/mini";
import { isTime, MAX_TIME, type Clock } from "../../clock.ts";
import { expiresNext } from "../../state.ts";
import type { WorldEntry } from "../../worlds.ts";
import { ControlProblem } from "../problem.ts";
import { defineRoute, noBody, noQuery, worldOf, type Route } from "../route.ts";
import { clock as clockShape } from "../schemas.ts";

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
  ahead: entry.clock.ahead(),
  expires_next: expiresNext(entry),
});

function setTime(clock: Clock, { now, advance_seconds = 0 }: z.output<typeof change>): void {
  const time = (now ?? clock.now()) + advance_seconds;
  if (!isTime(time)) {
    const detail = `body: leads to ${time}, and a clock shows Unix seconds from 0 to ${MAX_TIME}.`;
    throw new ControlProblem("validation", detail);
  }
  clock.set(time);
}

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
        if (now !== undefined || advance_seconds !== undefined) setTime(clock, request.body);
        if (frozen === true) clock.freeze();
        if (frozen === false) clock.release();
      });
      return { status: 200, json: clockView(entry) };
    },
  }),
];
