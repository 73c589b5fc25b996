import { createRoute, z } from "@hono/zod-openapi";
import { createFeed } from "../event-stream/feed.ts";
import { typesOf } from "../event-stream/filter.ts";
import { followEvents } from "../event-stream/follow.ts";
import { pulledBody } from "../pulled-body.ts";
import { createSeats } from "../event-stream/seats.ts";
import type { Router } from "../environment.ts";
import { readHistory, type History } from "../journal/history.ts";
import type { Metrics } from "../metrics/metrics.ts";
import type { Engine } from "../operations/engine.ts";
import { ProblemError } from "../problem.ts";
import { problemResponses, readingRoute, security } from "../responses.ts";
import { createRouter } from "../router.ts";
import { eventQuery, eventView, lastEventId } from "../schemas/event.ts";

/** How streams of events are held. */
export interface StreamLimits {
  /** How many streams a key may have open at once. */
  readonly perKey: number;
  /** Milliseconds of silence before a sign of life. */
  readonly pingMs: number;
  /** Milliseconds after which a reader who takes nothing is cut off. */
  readonly stallMs: number;
}

const defaults: StreamLimits = { perKey: 20, pingMs: 15_000, stallMs: 30_000 };

const stream = createRoute({
  method: "get",
  path: "/events",
  operationId: "streamEvents",
  tags: ["events"],
  security,
  summary: "Follow every change, as it happens",
  description: `Server-sent events. Each has its type as \`event:\`, its id as \`id:\`, and an Event as \`data:\`.

Every change is told once and in order, by whichever gateway it was made. Who was cut off goes on with \`Last-Event-ID\`, which browsers send by themselves, or with \`after\`. Without both, the stream begins with a \`bookmark\`: list what is there, and apply what comes. A \`bookmark\` also comes where filters hide what has happened. Events are kept for 7 days unless the gateway is told otherwise; 410 means that some are gone, so list again. \`shutdown\` comes before the gateway ends: ask again, and another one answers.`,
  request: { query: eventQuery, headers: lastEventId },
  responses: {
    200: {
      description: "The stream, with a comment every 15 seconds while nothing happens",
      content: { "text/event-stream": { schema: z.string() } },
    },
    ...problemResponses(...readingRoute, "too-many-streams", "event-history-gone"),
  },
});

/** Throws `event-history-gone` unless every event after an id is there. */
function requireHistory(after: number, { oldest, newest }: History, gone: boolean): void {
  const members = { oldest_event_id: oldest, newest_event_id: newest };
  if (after > newest) {
    const detail = `No event has the id ${after}; the newest is ${newest}. This store is not the one that you followed.`;
    throw new ProblemError("event-history-gone", { detail, members });
  }
  if (!gone) return;
  const detail = `Events after ${after} are gone; the oldest that is there is ${oldest}.`;
  throw new ProblemError("event-history-gone", { detail, members });
}

/** The route of events. */
export function eventRoutes(
  engine: Engine,
  {
    limits,
    metrics,
  }: { readonly limits?: Partial<StreamLimits> | undefined; readonly metrics?: Metrics | undefined } = {},
): Router {
  const { perKey, pingMs, stallMs } = { ...defaults, ...limits };
  const { store, stopping } = engine;
  const router = createRouter();
  const feed = createFeed(engine);
  const seats = createSeats(perKey);
  router.openAPIRegistry.register("Event", eventView);

  async function start(asked: number | undefined): Promise<number> {
    const history = await store.read((db) => readHistory(db));
    if (asked === undefined) return history.newest;
    requireHistory(asked, history, (await feed.after(asked)).gone);
    return asked;
  }

  router.openapi(stream, async (c) => {
    const { after, types, gid, follow = "true" } = c.req.valid("query");
    const { "last-event-id": last } = c.req.valid("header");
    const asked = last === "" || last === undefined ? after : last;
    const from = await start(asked);
    c.header("content-type", "text/event-stream");
    // nginx would else hold back what is small.
    c.header("x-accel-buffering", "no");
    if (c.req.method === "HEAD") return c.body(null, 200);

    const leave = seats.take(c.var.actor.id);
    if (leave === undefined) {
      throw new ProblemError("too-many-streams", {
        detail: `This API key has ${perKey} streams open here, and may not have more: close one.`,
        headers: { "retry-after": "5" },
      });
    }
    const part = feed.join();
    metrics?.stream("begun");
    const frames = followEvents({
      feed,
      after: from,
      bookmark: asked === undefined,
      filter: { types: types === undefined ? undefined : new Set(types.split(",").flatMap(typesOf)), gid },
      follow: follow === "true",
      stopping,
      isAllowed: c.var.isStillKnown,
      pingMs,
    });
    const body = pulledBody({
      frames,
      stallMs,
      stopping,
      cut: () => {
        metrics?.stream("cut");
        c.env?.cut?.();
      },
      onEnd: () => {
        part();
        leave();
        metrics?.stream("ended");
      },
    });
    return c.body(body, 200);
  });

  return router;
}
