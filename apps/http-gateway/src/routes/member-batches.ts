import { createRoute, z, type RouteConfig } from "@hono/zod-openapi";
import { requireJson } from "../body.ts";
import { knownGroup } from "../directory/known.ts";
import type { Router } from "../environment.ts";
import { checkIfMatchTag } from "../etag.ts";
import { editMembers } from "../member-edits/begin.ts";
import { editTypes, readEdits } from "../member-edits/bodies/read-edits.ts";
import { differenceTo } from "../member-edits/difference.ts";
import { NDJSON } from "../negotiate.ts";
import type { Engine } from "../operations/engine.ts";
import { readKey, requireIdempotencyKey } from "../operations/idempotency.ts";
import { ProblemError } from "../problem.ts";
import {
  callingRoute,
  everyRoute,
  jsonResponse,
  keyedRoute,
  problemResponses,
  security,
} from "../responses.ts";
import { createRouter } from "../router.ts";
import { answerEdits } from "./member-edits/answer.ts";
import { isLong, jobFor } from "./member-edits/asked.ts";
import { etagHeader, ifMatch, needKeyHeader, prefer } from "../schemas/headers.ts";
import {
  desiredMembers,
  memberBatch,
  memberBatchLine,
  memberBatchResult,
  memberDifference,
  memberEditLine,
  memberLine,
} from "../schemas/member-edit.ts";
import { operationView } from "../schemas/operation.ts";
import { gidParam, toggleText, wholeText } from "../schemas/primitives.ts";

const tags = ["members"];

const problems = [
  ...everyRoute,
  ...callingRoute,
  ...keyedRoute,
  "unsupported-media-type",
  "group-not-known",
  "group-not-found",
  "group-busy",
  "upstream-refused",
] as const;

const options = z.strictObject({
  continue_on_unknown: toggleText.optional().openapi({
    description: "Go on where an answer is lost. Default: nothing more is sent then.",
  }),
  isolation_calls: wholeText({ from: 0, to: 1_000_000 }).optional().openapi({
    description:
      "Calls that may be spent on finding the addresses at fault where mesibo refuses many at once. Default: 64, or 16 for each hundred where that is more.",
  }),
});

/** What both answer with. The type says less than there is: what sends lines is no JSON. */
const done: Pick<RouteConfig["responses"], "202" | "207"> = {
  207: {
    description:
      "What became of each address, in the order of the request; with `Accept: application/x-ndjson` a line for each as it becomes known",
    content: {
      "application/json": { schema: memberBatchResult },
      [NDJSON]: { schema: memberBatchLine },
    },
  },
  202: {
    ...jsonResponse("The operation: it tells how far it is, and `/items` what became of each", operationView),
    headers: z.object({
      Location: z.string().openapi({ example: "/v1/operations/op_01KAR5V2Z6F5T1P0X9Y8Q7W3M4" }),
    }),
  },
};

/** A reference, because the router would read what has a schema of zod's as JSON, whatever it is. */
const named = (name: string) => ({ schema: { $ref: `#/components/schemas/${name}` } });

const CSV_COLUMNS = "address,send,receive,publish,subscribe,list";

const batch = createRoute({
  method: "post",
  path: "/groups/{gid}/member-batches",
  operationId: "editMembers",
  tags,
  security,
  summary: "Add, set and remove many members",
  description: `At most 50,000, each address once: as JSON, as NDJSON with an edit on each line, or as CSV with the columns ${CSV_COLUMNS} and remove. Up to 1,000 in JSON, and any number that is read as a stream, are answered within the request, and stop where the caller hangs up; others, and with \`Prefer: respond-async\` all, become an operation that goes on by itself. Where mesibo refuses many at once, the addresses at fault are searched for and the others done.`,
  middleware: requireJson(...editTypes),
  request: {
    params: gidParam,
    query: options,
    headers: needKeyHeader.extend(prefer),
    body: {
      required: true,
      content: {
        "application/json": named("MemberBatch"),
        [NDJSON]: named("MemberEdit"),
        "text/csv": {
          schema: { type: "string", example: `${CSV_COLUMNS},remove\nalice@example.com,1,1,0,1,0,0\n` },
        },
      },
    },
  },
  responses: { ...done, ...problemResponses(...problems, "idempotency-key-missing") },
});

const set = createRoute({
  method: "put",
  path: "/groups/{gid}/members",
  operationId: "setMembers",
  tags,
  security,
  summary: "Make the members those of a list",
  description:
    "The list is compared with the members that the gateway knows, and only the difference is sent, like a batch. Whoever is not in it is removed, at most `max_removals` of them. With `dry_run=true` nothing is sent, and the ETag stands for the members as they are: send it as `If-Match` to change nothing else than you saw.",
  middleware: requireJson(...editTypes),
  request: {
    params: gidParam,
    query: options.extend({
      dry_run: toggleText.optional().openapi({ description: "Only tell the difference." }),
      max_removals: wholeText({ from: 0, to: 1_000_000 }).optional().openapi({
        description: "How many members may be removed. Default: 0.",
      }),
    }),
    headers: ifMatch.extend(prefer),
    body: {
      required: true,
      content: {
        "application/json": named("DesiredMembers"),
        [NDJSON]: named("MemberEntry"),
        "text/csv": { schema: { type: "string", example: `${CSV_COLUMNS}\nalice@example.com,1,1,0,1,0\n` } },
      },
    },
  },
  responses: {
    200: { ...jsonResponse("With `dry_run`: the difference", memberDifference), headers: etagHeader },
    ...done,
    ...problemResponses(...problems, "version-mismatch", "removals-over-cap"),
  },
});

/** The routes of many members at once. */
export function memberBatchRoutes(engine: Engine): Router {
  const router = createRouter();
  const { store } = engine;
  const registry = router.openAPIRegistry;
  registry.register("MemberBatch", memberBatch);
  registry.register("MemberEdit", memberEditLine);
  registry.register("DesiredMembers", desiredMembers);
  registry.register("MemberEntry", memberLine);

  router.openapi(batch, async (c) => {
    const key = requireIdempotencyKey(c.req.header("idempotency-key"));
    const { gid } = c.req.valid("param");
    const edits = await readEdits(c, { field: "items", removals: true });
    const job = jobFor(c, { gid, key, body: edits, options: c.req.valid("query") });
    const prepare = async () => {
      await knownGroup(engine, gid);
      return { edits, inBackground: isLong(c, edits.length) };
    };
    return answerEdits(c, engine, (watching) =>
      editMembers(engine, { ...job, ...watching, kind: "edit_members", prepare }),
    );
  });

  router.openapi(set, async (c) => {
    const key = readKey(c.req.header("idempotency-key"));
    const { gid } = c.req.valid("param");
    const { dry_run = false, max_removals = 0, ...options } = c.req.valid("query");
    const members = await readEdits(c, { field: "members", removals: false });
    const ifMatch = c.req.header("if-match");
    if (dry_run) {
      await knownGroup(engine, gid);
      const { etag, unchanged, ...lists } = await differenceTo(store, { gid, members });
      checkIfMatchTag(ifMatch, etag);
      c.header("etag", etag);
      const [added, updated, removed] = [lists.added, lists.updated, lists.removed].map((list) =>
        list.map(({ address }) => address),
      );
      return c.json(memberDifference.parse({ gid, added, updated, removed, unchanged }), 200);
    }
    const prepare = () =>
      store.inTurn(gid, async () => {
        await knownGroup(engine, gid);
        const { etag, added, updated, removed } = await differenceTo(store, { gid, members });
        checkIfMatchTag(ifMatch, etag);
        if (removed.length > max_removals) {
          throw new ProblemError("removals-over-cap", {
            detail: `The list would remove ${removed.length} of the members, and max_removals is ${max_removals}. Nothing was sent.`,
            members: { gid, removals: removed.length },
          });
        }
        const edits = [...added, ...updated, ...removed];
        return { edits, inBackground: isLong(c, edits.length) };
      });
    const job = jobFor(c, { gid, key, body: { members, max_removals }, options });
    return answerEdits(c, engine, (watching) =>
      editMembers(engine, { ...job, ...watching, kind: "set_members", prepare }),
    );
  });

  return router;
}
