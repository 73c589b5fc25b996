import * as z from "zod/mini";
import packageJson from "../../package.json" with { type: "json" };
import { problems, type ProblemName } from "./problem.ts";
import { noBody, type DocumentedAnswer, type Route } from "./route.ts";

type Json = Readonly<Record<string, unknown>>;

const schemaOf = (schema: z.core.$ZodType, io: "input" | "output"): Json => {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return json;
};

const everyRoute: readonly ProblemName[] = ["foreign-host", "not-found", "not-kept", "defect"];

function parametersOf({ path, query }: Route): readonly Json[] {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
    ...(name === "token" ? { description: "The app token that names the world." } : {}),
  }));
  const inQuery = Object.entries(query.shape).map(([name, schema]) => ({
    name,
    in: "query",
    required: false,
    schema: schemaOf(schema, "input"),
  }));
  return [...inPath, ...inQuery];
}

function problemAnswers(route: Route): Json {
  const names: readonly ProblemName[] = [
    ...everyRoute,
    ...(route.body === noBody ? [] : (["malformed", "too-large"] as const)),
    "validation",
    ...(route.problems ?? []),
  ];
  const byStatus = Map.groupBy(names, (name) => problems[name].status);
  return Object.fromEntries(
    [...byStatus].map(([status, same]) => [
      status,
      {
        description: same.map((name) => `${name}: ${problems[name].title}.`).join(" "),
        content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
      },
    ]),
  );
}

const text: Json = { schema: { type: "string" } };

function contentOf({ schema, type, otherTypes = [] }: DocumentedAnswer): Json {
  if (schema === undefined) return type === undefined ? {} : { content: { [type]: text } };
  const others = otherTypes.map((other) => [other, text]);
  return {
    content: { "application/json": { schema: schemaOf(schema, "output") }, ...Object.fromEntries(others) },
  };
}

function operationOf(route: Route): Json {
  const { id, summary, body, answers } = route;
  const parameters = parametersOf(route);
  return {
    operationId: id,
    summary,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === noBody
      ? {}
      : {
          requestBody: {
            required: !body.safeParse(undefined).success,
            content: { "application/json": { schema: schemaOf(body, "input") } },
          },
        }),
    responses: {
      ...Object.fromEntries(
        Object.entries(answers).map(([status, answer]) => [
          status,
          {
            description: answer.description,
            headers: { "X-Mock-Instance": { $ref: "#/components/headers/Instance" } },
            ...contentOf(answer),
          },
        ]),
      ),
      ...problemAnswers(route),
    },
  };
}

/** The OpenAPI 3.1 document of these routes. */
export function createDocument(routes: readonly Route[]): Json {
  const paths = Map.groupBy(routes, ({ path }) => path);
  return {
    openapi: "3.1.0",
    info: {
      title: "mesibo mock: control API",
      version: packageJson.version,
      description:
        "Drives a mock mesibo: worlds, their time, faults, requests and deliveries. Failures are problems (RFC 9457). App tokens are masked where requests are told; what a world holds is told as it was given.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/_mock" }],
    paths: Object.fromEntries(
      [...paths].map(([path, same]) => [
        path,
        Object.fromEntries(same.map((route) => [route.method, operationOf(route)])),
      ]),
    ),
    components: {
      headers: {
        Instance: {
          description:
            "Which mock answers: random, new with every start. X-Mock-Build and X-Mock-Seed tell more.",
          schema: { type: "string" },
        },
      },
      schemas: {
        Problem: {
          type: "object",
          required: ["type", "title", "status", "detail"],
          properties: {
            type: { type: "string" },
            title: { type: "string" },
            status: { type: "integer" },
            detail: { type: "string" },
          },
        },
      },
    },
  };
}
