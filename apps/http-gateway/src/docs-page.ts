import { createHash } from "node:crypto";
import { z } from "@hono/zod-openapi";
import type { OpenApiDocument } from "./openapi.ts";

const style = `body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff}
h2{margin-top:2.5rem;border-bottom:1px solid}h3{margin-bottom:.2rem}code{font-family:ui-monospace,monospace}
table{border-collapse:collapse}td,th{text-align:left;vertical-align:top;padding:.2rem 1rem .2rem 0}pre{overflow:auto}
@media(prefers-color-scheme:dark){body{color:#eee;background:#111}a{color:#9cf}}`;

/** The page needs its own style and nothing else: no script, no picture, no other host. */
export const docsPolicy = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

const escapes: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (sign) => escapes[sign] ?? sign);
const marked = (text: string): string => escaped(text).replaceAll(/`([^`]+)`/g, "<code>$1</code>");

// The document is made of loosely typed parts; the page reads what it shows.
const content = z.record(z.string(), z.looseObject({ schema: z.unknown() })).optional();
const operation = z.looseObject({
  operationId: z.string(),
  tags: z.array(z.string()).default([]),
  summary: z.string().default(""),
  description: z.string().default(""),
  security: z.array(z.unknown()).default([]),
  parameters: z
    .array(
      z.looseObject({
        name: z.string(),
        in: z.string(),
        required: z.boolean().default(false),
        description: z.string().default(""),
      }),
    )
    .default([]),
  requestBody: z.looseObject({ content }).optional(),
  responses: z.record(z.string(), z.looseObject({ description: z.string().default(""), content })),
});

type Operation = z.infer<typeof operation>;

interface Listed extends Operation {
  readonly method: string;
  readonly path: string;
}

function schemas(of: z.infer<typeof content>): string {
  return Object.entries(of ?? {})
    .map(([type, { schema }]) => {
      const ref = /"\$ref":"#\/components\/schemas\/(\w+)"/.exec(JSON.stringify(schema) ?? "")?.[1];
      const name = ref === undefined ? "" : `, <a href="#schema-${ref}">${ref}</a>`;
      return `<code>${escaped(type)}</code>${name}`;
    })
    .join("; ");
}

function table(rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return "";
  const lines = rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`);
  return `<table>${lines.join("\n")}</table>\n`;
}

function section(each: Listed): string {
  const { method, path, operationId, summary, description, security, parameters, requestBody } = each;
  const places = parameters.map(({ name, in: place, required, description }) => [
    `<code>${escaped(name)}</code>`,
    `${escaped(place)}${required ? ", required" : ""}`,
    marked(description),
  ]);
  const body = requestBody === undefined ? [] : [["body", schemas(requestBody.content), ""]];
  const answers = Object.entries(each.responses).map(([status, response]) => [
    status,
    marked(response.description),
    schemas(response.content),
  ]);
  const key = security.length === 0 ? "" : " Needs an API key.";
  return `<h3 id="${escaped(operationId)}"><code>${method} ${escaped(path)}</code></h3>
<p>${marked(summary)}. ${marked(description)}${key}</p>
${table([...places, ...body])}${table(answers)}`;
}

function operationsOf(document: OpenApiDocument): readonly Listed[] {
  return Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    Object.entries(item).map(([method, value]) => ({
      ...operation.parse(value),
      method: method.toUpperCase(),
      path,
    })),
  );
}

/** The OpenAPI document as one page of HTML that needs nothing from anywhere. */
export function docsPage(document: OpenApiDocument): string {
  const { title, version, description = "" } = document.info;
  const byTag = Map.groupBy(operationsOf(document), ({ tags }) => tags[0] ?? "other");
  const groups = [...byTag].map(([tag, listed]) => {
    return `<h2 id="tag-${escaped(tag)}">${escaped(tag)}</h2>\n${listed.map(section).join("\n")}`;
  });
  const shapes = Object.entries(document.components?.schemas ?? {}).map(
    ([name, schema]) =>
      `<h3 id="schema-${escaped(name)}">${escaped(name)}</h3>\n<pre>${escaped(JSON.stringify(schema, undefined, 2))}</pre>`,
  );
  const ways = [...byTag.keys(), "schemas"].map(
    (tag) => `<a href="#tag-${escaped(tag)}">${escaped(tag)}</a>`,
  );
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title><style>${style}</style>
<main><h1>${escaped(title)} ${escaped(version)}</h1>
<p>${marked(description)}</p>
<p>The same for machines: <a href="/openapi.json">/openapi.json</a>.</p>
<nav>${ways.join(" · ")}</nav>
${groups.join("\n")}
<h2 id="tag-schemas">schemas</h2>
${shapes.join("\n")}</main></html>
`;
}
