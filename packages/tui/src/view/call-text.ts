import type { CallRecord } from "@mesibo-groups/core";

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}

// Single quotes end where the body has one; the token's placeholder has to stay outside them to be expanded.
const quoted = (text: string): string =>
  `'${text.replaceAll("'", String.raw`'\''`).replaceAll("$MESIBO_APP_TOKEN", `'"$MESIBO_APP_TOKEN"'`)}'`;

/** A call as a command that can be pasted into a shell. The app token is never in it. */
export const asCurl = ({ url, contentType, body }: CallRecord): string =>
  `curl -H 'content-type: ${contentType}' --data-raw ${quoted(body)} '${url}'`;

/** A call in full: the command, the request and the answer. */
export function callText(record: CallRecord): string {
  const { op, attempt, outcome, status, durationMs, body, answer } = record;
  const again = attempt === 1 ? "" : `, attempt ${attempt}`;
  return [
    `${op}: ${outcome.replace("_", " ")}${again}, HTTP ${status ?? "no answer"}, ${durationMs} ms`,
    "",
    asCurl(record),
    "",
    "request",
    pretty(body),
    "",
    "answer",
    answer === undefined ? "none came" : pretty(answer),
  ].join("\n");
}
