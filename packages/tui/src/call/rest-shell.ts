import { KEY_PLACEHOLDER } from "../placeholder.ts";
import { isChange, type RestCall } from "./rest.ts";
import { shellQuoted } from "./words.ts";

// A new one for each run. Every POSIX system has both programs; uuidgen is missing on many.
const FRESH = "$(od -An -N16 -tx1 /dev/urandom | tr -d ' \\n')";

/** A call to a gateway as a curl command for a shell in which GATEWAY_API_KEY is set. */
export function asRestCurl(record: RestCall): string {
  const { method, url, contentType, body } = record;
  return [
    // Globs off: a filter has brackets.
    `curl -sSg -X ${method} -H "authorization: Bearer ${KEY_PLACEHOLDER}"`,
    ...(isChange(record) ? [`-H "idempotency-key: ${FRESH}"`] : []),
    ...(body === "" ? [] : [`-H 'content-type: ${contentType}' --data-raw ${shellQuoted(body)}`]),
    shellQuoted(url),
  ].join(" ");
}

/** A call to a gateway as an HTTPie command for a shell in which GATEWAY_API_KEY is set. */
export function asRestHttpie(record: RestCall): string {
  const { method, url, contentType, body } = record;
  return [
    "http --ignore-stdin",
    ...(body === "" ? [] : [`--raw=${shellQuoted(body)}`]),
    `${method} ${shellQuoted(url)} "authorization:Bearer ${KEY_PLACEHOLDER}"`,
    ...(isChange(record) ? [`"idempotency-key:${FRESH}"`] : []),
    ...(body === "" ? [] : [`'content-type:${contentType}'`]),
  ].join(" ");
}
