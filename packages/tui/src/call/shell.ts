import { TOKEN_PLACEHOLDER, type CallRecord } from "@mesibo-groups/core";
import { cutBody } from "./body.ts";

/** A text as one word of a POSIX shell, whatever is in it. */
export const shellQuoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

// Outside of single quotes, so that the shell puts the token in.
const token = `"${TOKEN_PLACEHOLDER}"`;

/** A call as a curl command for a shell in which MESIBO_APP_TOKEN is set. */
export function asCurl(record: CallRecord): string {
  const { form, before, after } = cutBody(record);
  const data = form
    ? // curl encodes the token, which may hold a plus sign.
      `--data-raw ${shellQuoted(before.replace(/&$/, ""))} --data-urlencode "token=${TOKEN_PLACEHOLDER}"`
    : `--data-raw ${shellQuoted(before)}${token}${shellQuoted(after)}`;
  return `curl -sS -H 'content-type: ${record.contentType}' ${data} ${shellQuoted(record.url)}`;
}

/** A call as an HTTPie command for a shell in which MESIBO_APP_TOKEN is set. */
export function asHttpie(record: CallRecord): string {
  const { form, before, after } = cutBody(record);
  const end = form
    ? `${shellQuoted(`${before}token=`)}${token}`
    : `${shellQuoted(before)}${token}${shellQuoted(after)}`;
  return `http --ignore-stdin --raw=${end} POST ${shellQuoted(record.url)} 'content-type:${record.contentType}'`;
}
