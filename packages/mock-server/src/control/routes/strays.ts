import * as z from "zod/mini";
import { createStrayView } from "../../journal/view.ts";
import { defineRoute, noBody, noQuery, type Route } from "../route.ts";
import { count, entry } from "../schemas.ts";

const MAX_SHOWN = 100;

/** Requests that reached no world. */
export const strayRoutes: readonly Route[] = [
  defineRoute({
    method: "get",
    path: "/strays",
    id: "listStrays",
    summary:
      "The latest 100 requests that reached no world, newest last: without a token, with one that this mock does not know, or unreadable.",
    query: noQuery,
    body: noBody,
    answers: {
      200: {
        description: "The requests.",
        schema: z.object({ count, requests: z.array(entry) }),
      },
    },
    handle: ({ context: { worlds } }) => {
      const { entries, count: all } = worlds.strays;
      const requests = entries().slice(-MAX_SHOWN).map(createStrayView(worlds));
      return { status: 200, json: { count: all(), requests } };
    },
  }),
];
