import { checkFlags, requestOf } from "@mesibo-groups/core";
import { gatewayUrl, isChange, type RestCall } from "./rest.ts";
import { indented, literal } from "./words.ts";

const KEY = 'process.env.GATEWAY_API_KEY ?? ""';

/** A call to a gateway as JavaScript for Node that uses `fetch`. */
export function asRestFetch(record: RestCall): string {
  const { method, url, contentType, body } = record;
  return [
    `const key = ${KEY};`,
    `const response = await fetch(${JSON.stringify(url)}, {`,
    `  method: ${JSON.stringify(method)},`,
    "  headers: {",
    "    authorization: `Bearer ${key}`,",
    ...(isChange(record) ? ['    "idempotency-key": crypto.randomUUID(),'] : []),
    ...(body === "" ? [] : [`    "content-type": ${JSON.stringify(contentType)},`]),
    "  },",
    ...(body === "" ? [] : [`  body: JSON.stringify(${indented(literal(JSON.parse(body)))}),`]),
    "});",
    "console.log(await response.text());",
  ].join("\n");
}

/** A call to a gateway as JavaScript for Node that uses the client of `@mesibo-groups/core`. */
export function asRestClient(record: RestCall): string {
  const request = requestOf(record);
  if (request === undefined) return "// This request is none that the client writes.";
  const contradicts =
    "flags" in request && request.flags !== undefined && checkFlags(request.flags).length > 0;
  return [
    'import { createClient } from "@mesibo-groups/core";',
    "",
    `const key = ${KEY};`,
    `const client = createClient({ gateway: { url: ${JSON.stringify(gatewayUrl(record))}, key } });`,
    `const answer = await client.call("${record.op}", ${literal(request)}${contradicts ? ", { keepConflicts: true }" : ""});`,
    "console.log(JSON.stringify(answer));",
  ].join("\n");
}
