import { checkFlags, requestOf, type CallRecord } from "@mesibo-groups/core";
import { cutBody } from "./body.ts";
import { isRest } from "./rest.ts";
import { asRestClient, asRestFetch } from "./rest-javascript.ts";
import { indented, literal } from "./words.ts";

const token = 'process.env.MESIBO_APP_TOKEN ?? ""';

function jsonBody(before: string, after: string): string {
  const quoted = JSON.stringify("");
  const shown = literal(JSON.parse(`${before}${after}`));
  // The token is the last member, and empty here.
  const at = shown.lastIndexOf(quoted);
  return `JSON.stringify(${indented(`${shown.slice(0, at)}${token}${shown.slice(at + quoted.length)}`)})`;
}

function formBody(before: string): string {
  const pairs = [...new URLSearchParams(before)].map((pair) => `    ${JSON.stringify(pair)},`);
  return `new URLSearchParams([\n${pairs.join("\n")}\n    ["token", ${token}],\n  ])`;
}

/** A call as JavaScript for Node that uses `fetch`. */
export function asFetch(record: CallRecord): string {
  if (isRest(record)) return asRestFetch(record);
  const { form, before, after } = cutBody(record);
  return [
    `const response = await fetch(${JSON.stringify(record.url)}, {`,
    '  method: "POST",',
    `  headers: { "content-type": ${JSON.stringify(record.contentType)} },`,
    `  body: ${form ? formBody(before) : jsonBody(before, after)},`,
    "});",
    "console.log(await response.text());",
  ].join("\n");
}

/** A call as JavaScript for Node that uses the client of `@mesibo-groups/core`. */
export function asClient(record: CallRecord): string {
  if (isRest(record)) return asRestClient(record);
  const { op, url, contentType } = record;
  const request = requestOf(record);
  if (request === undefined) return "// This body is none that the client writes.";
  const dialect = contentType === "application/json" ? "" : ', dialect: "form"';
  const contradicts =
    "flags" in request && request.flags !== undefined && checkFlags(request.flags).length > 0;
  return [
    'import { createClient } from "@mesibo-groups/core";',
    "",
    `const token = ${token};`,
    `const client = createClient({ token, url: ${JSON.stringify(url)}${dialect} });`,
    `const answer = await client.call("${op}", ${literal(request)}${contradicts ? ", { keepConflicts: true }" : ""});`,
    "console.log(JSON.stringify(answer));",
  ].join("\n");
}
