import { createRoute, z } from "@hono/zod-openapi";
import {
  checkFlags,
  describeFlags,
  encodeFlags,
  explainFlags,
  formatFlags,
  normalFlags,
  parseFlags,
  withFlags,
  type GroupFlags,
} from "@mesibo-groups/core";
import { requireJson } from "../body.ts";
import type { Router } from "../environment.ts";
import { ProblemError, type FieldError } from "../problem.ts";
import { everyRoute, jsonResponse, problemResponses, security } from "../responses.ts";
import { createRouter } from "../router.ts";
import { flagExplanation, newFlag } from "../schemas/flags.ts";
import { viewFlags } from "../views.ts";

const explain = createRoute({
  method: "get",
  path: "/flags/{value}",
  operationId: "explainFlag",
  tags: ["flags"],
  security,
  summary: "Read a flag and explain it",
  description: "Calls nobody.",
  request: {
    params: z.object({
      value: z.string().openapi({
        param: { name: "value", in: "path" },
        description: "Decimal, 0x hexadecimal, 0b binary, names, or several joined by |, comma or space.",
        example: "restricted|loopback",
      }),
    }),
  },
  responses: {
    200: jsonResponse("The flag in every form, with every bit's meaning", flagExplanation),
    ...problemResponses(...everyRoute, "validation"),
  },
});

const build = createRoute({
  method: "post",
  path: "/flags",
  operationId: "buildFlag",
  tags: ["flags"],
  security,
  summary: "Build a flag from fields and explain it",
  description:
    "Begins with `base` and sets the fields that `flags` names. Calls nobody, and changes nothing.",
  middleware: requireJson("application/json"),
  request: { body: { required: true, content: { "application/json": { schema: newFlag } } } },
  responses: {
    200: jsonResponse("The flag in every form, with every bit's meaning", flagExplanation),
    ...problemResponses(...everyRoute, "validation", "unsupported-media-type"),
  },
});

/** Reads a flag in any form. Throws `validation`. */
function read(text: string, place: Pick<FieldError, "in" | "pointer">): GroupFlags {
  const parsed = parseFlags(text);
  if (parsed.ok) return parsed.flags;
  const { reason: code, message: detail } = parsed.fault;
  throw new ProblemError("validation", { detail, members: { errors: [{ ...place, code, detail }] } });
}

function explanation(flags: GroupFlags) {
  return {
    flag: encodeFlags(flags),
    flag_hex: formatFlags(flags, "hex"),
    flag_names: formatFlags(flags, "names"),
    flags: viewFlags(flags),
    sentence: describeFlags(flags),
    bits: explainFlags(flags).map(({ bit, name = null, meaning, source, confidence }) => ({
      bit,
      bit_hex: `0x${bit.toString(16)}`,
      name,
      meaning,
      source,
      confidence,
    })),
    issues: [...checkFlags(flags)],
  };
}

/** The routes that read, build and explain flags. */
export function flagRoutes(): Router {
  const router = createRouter();

  router.openapi(explain, (c) => {
    const flags = read(c.req.valid("param").value, { in: "path", pointer: "/value" });
    return c.json(explanation(flags), 200);
  });

  router.openapi(build, (c) => {
    const { base, flags = {} } = c.req.valid("json");
    const from = base === undefined ? normalFlags : read(base, { in: "body", pointer: "/base" });
    return c.json(explanation(withFlags(from, flags)), 200);
  });

  return router;
}
