import { createRoute, z } from "@hono/zod-openapi";
import { acceptedTypes } from "../negotiate.ts";
import type { Router } from "../environment.ts";
import { ProblemError } from "../problem.ts";
import { problemNames, problemTypes, type ProblemType } from "../problem-types.ts";
import { problemResponses } from "../responses.ts";
import { createRouter } from "../router.ts";

const page = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    meaning: z.string(),
    remedy: z.string(),
  })
  .openapi("ProblemPage");

const explain = createRoute({
  method: "get",
  path: "/problems/{type}",
  operationId: "explainProblem",
  tags: ["problems"],
  summary: "What a problem type means, and what to do",
  description: "HTML for a browser, JSON for everybody else.",
  request: {
    params: z.object({
      type: z.string().openapi({ param: { name: "type", in: "path" }, enum: [...problemNames] }),
    }),
  },
  responses: {
    200: {
      description: "The problem type",
      content: { "application/json": { schema: page }, "text/html": { schema: z.string() } },
    },
    ...problemResponses("malformed", "not-found", "host-not-allowed", "internal"),
  },
});

// Every text is ours; backticks alone need care.
const marked = (text: string): string =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(/`([^`]+)`/g, "<code>$1</code>");

const html = ({ status, title, meaning, remedy }: ProblemType): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>${marked(title)}</title>
<h1>${marked(title)}</h1>
<p>HTTP status ${status}</p>
<p>${marked(meaning)}</p>
<p>${marked(remedy)}</p></html>
`;

/** The pages that problem types lead to. */
export function problemRoutes(): Router {
  const router = createRouter();

  router.openapi(explain, (c) => {
    const type = problemNames.find((name) => name === c.req.valid("param").type);
    if (type === undefined) {
      throw new ProblemError("not-found", {
        detail: `There is no such problem type; there are ${problemNames.join(", ")}.`,
      });
    }
    c.header("vary", "accept");
    const { status, title, meaning, remedy } = problemTypes[type];
    if (acceptedTypes(c.req.header("accept") ?? "").includes("text/html")) {
      return c.html(html(problemTypes[type]), 200);
    }
    return c.json({ type: `/problems/${type}`, title, status, meaning, remedy }, 200);
  });

  return router;
}
