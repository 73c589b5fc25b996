import { TOKEN_PLACEHOLDER, type CallRecord } from "@mesibo-groups/core";
import { cutBody } from "./body.ts";
import { isRest } from "./rest.ts";
import { asRestCurl, asRestHttpie } from "./rest-shell.ts";
import { shellQuoted } from "./words.ts";

// Outside of single quotes, so that the shell puts the token in.
const token = `"${TOKEN_PLACEHOLDER}"`;

/** A call as a curl command for a shell in which the variable of its secret is set. */
export function asCurl(record: CallRecord): string {
  if (isRest(record)) return asRestCurl(record);
  const { form, before, after } = cutBody(record);
  const data = form
    ? // curl encodes the token, which may hold a plus sign.
      `--data-raw ${shellQuoted(before.replace(/&$/, ""))} --data-urlencode "token=${TOKEN_PLACEHOLDER}"`
    : `--data-raw ${shellQuoted(before)}${token}${shellQuoted(after)}`;
  return `curl -sS -H 'content-type: ${record.contentType}' ${data} ${shellQuoted(record.url)}`;
}

/** A call as an HTTPie command for a shell in which the variable of its secret is set. */
export function asHttpie(record: CallRecord): string {
  if (isRest(record)) return asRestHttpie(record);
  const { form, before, after } = cutBody(record);
  const end = form
    ? `${shellQuoted(`${before}token=`)}${token}`
    : `${shellQuoted(before)}${token}${shellQuoted(after)}`;
  return `http --ignore-stdin --raw=${end} POST ${shellQuoted(record.url)} 'content-type:${record.contentType}'`;
}
