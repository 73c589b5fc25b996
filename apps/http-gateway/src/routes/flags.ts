import { createRoute, z } from "@hono/zod-openapi";
import {
  checkFlags,
  describeFlags,
  encodeFlags,
  explainFlags,
  formatFlags,
  parseFlags,
} from "@mesibo-groups/core";
import type { Router } from "../environment.ts";
import { ProblemError } from "../problem.ts";
import { everyRoute, jsonResponse, problemResponses, security } from "../responses.ts";
import { createRouter } from "../router.ts";
import { flagExplanation } from "../schemas/flags.ts";
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

/** The route that explains flags. */
export function flagRoutes(): Router {
  const router = createRouter();

  router.openapi(explain, (c) => {
    const parsed = parseFlags(c.req.valid("param").value);
    if (!parsed.ok) {
      const { reason: code, message: detail } = parsed.fault;
      throw new ProblemError("validation", {
        detail,
        members: { errors: [{ in: "path", pointer: "/value", code, detail }] },
      });
    }
    const { flags } = parsed;
    return c.json(
      {
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
      },
      200,
    );
  });

  return router;
}
