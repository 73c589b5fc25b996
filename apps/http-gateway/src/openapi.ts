import packageJson from "../package.json" with { type: "json" };
import type { Router } from "./environment.ts";
import { problemExamples } from "./responses.ts";

const description = `Groups of a mesibo app over plain REST, with the app token in one place.

Every answer that is not a success is a problem (RFC 9457). Its \`type\` leads to a page, \`sent\` says whether
mesibo was called, \`retryable\` whether the same request may be sent again.`;

/** The OpenAPI 3.1 document of these routes. */
export function openApiDocument(routes: Router) {
  routes.openAPIRegistry.registerComponent("securitySchemes", "apiKey", {
    type: "http",
    scheme: "bearer",
    description: "An API key of the gateway. Never the app token of mesibo.",
  });
  for (const [name, example] of Object.entries(problemExamples)) {
    routes.openAPIRegistry.registerComponent("examples", name, example);
  }
  return routes.getOpenAPI31Document({
    openapi: "3.1.0",
    info: {
      title: "mesibo groups gateway",
      version: packageJson.version,
      description,
      license: { name: "MIT" },
    },
    servers: [{ url: "/" }],
  });
}

/** The OpenAPI document. */
export type OpenApiDocument = ReturnType<typeof openApiDocument>;
