import { createRoute, z } from "@hono/zod-openapi";
import type { Selectable } from "kysely";
import { pageOf, readNumberCursor } from "../cursor.ts";
import type { Router } from "../environment.ts";
import { pulledBody } from "../pulled-body.ts";
import { readAudit, type AuditQuery } from "../journal/audit-rows.ts";
import { acceptedTypes, NDJSON } from "../negotiate.ts";
import type { Engine } from "../operations/engine.ts";
import { problemResponses, readingRoute, security } from "../responses.ts";
import { createRouter } from "../router.ts";
import { auditList, auditQuery, type AuditView } from "../schemas/audit.ts";
import { DEFAULT_LIMIT } from "../schemas/primitives.ts";
import type { AuditRow } from "../store/tables.ts";
import { viewTime } from "../views.ts";

/** So few that a reader who stalls holds little. */
const LINES_AT_ONCE = 200;

/** Milliseconds after which a reader who takes nothing is cut off. */
const STALL_MS = 30_000;

const list = createRoute({
  method: "get",
  path: "/audit",
  operationId: "listAudit",
  tags: ["audit"],
  security,
  summary: "Who did what, and what came of it",
  description: `Oldest first. With \`Accept: ${NDJSON}\` it comes as lines of JSON, all of them unless \`limit\` says how many, to be kept elsewhere. Each entry holds the hash of the one before; \`mesibo-gateway db check\` follows the chain.`,
  request: { query: auditQuery },
  responses: {
    200: {
      description: "Entries of the audit",
      content: { "application/json": { schema: auditList }, [NDJSON]: { schema: z.string() } },
    },
    ...problemResponses(...readingRoute),
  },
});

function viewAudit({ at, ...row }: Selectable<AuditRow>): AuditView {
  const { id, actor, action, gid, subject, operation, request_id, outcome, previous, hash } = row;
  return {
    id,
    at: viewTime(at),
    actor,
    action,
    gid,
    subject,
    operation,
    request_id,
    outcome,
    previous,
    hash,
  };
}

/** The route of the audit. */
export function auditRoutes({ store, stopping }: Pick<Engine, "store" | "stopping">): Router {
  const router = createRouter();

  async function* lines({ after, limit, ...query }: AuditQuery): AsyncGenerator<string, void, void> {
    let last = after;
    for (let left = limit; left > 0;) {
      const some = { ...query, after: last, limit: Math.min(left, LINES_AT_ONCE) };
      const rows = await store.read((db) => readAudit(db, some));
      if (rows.length > 0) yield rows.map((row) => `${JSON.stringify(viewAudit(row))}\n`).join("");
      if (rows.length < some.limit) return;
      left -= rows.length;
      last = rows.at(-1)?.id ?? last;
    }
  }

  router.openapi(list, async (c) => {
    const { limit, cursor, ...query } = c.req.valid("query");
    const after = readNumberCursor(cursor) ?? 0;
    c.header("vary", "accept");
    if (acceptedTypes(c.req.header("accept") ?? "").includes(NDJSON)) {
      const body = pulledBody({
        frames: lines({ ...query, after, limit: limit ?? Infinity }),
        stallMs: STALL_MS,
        stopping,
        cut: () => c.env?.cut?.(),
        onEnd: () => undefined,
      });
      return c.body(body, 200, { "content-type": NDJSON });
    }
    const size = limit ?? DEFAULT_LIMIT;
    const rows = await store.read((db) => readAudit(db, { ...query, after, limit: size + 1 }));
    const page = pageOf(rows, { limit: size, keyOf: ({ id }) => String(id) });
    return c.json({ ...page, items: page.items.map(viewAudit) }, 200);
  });

  return router;
}
