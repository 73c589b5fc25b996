import type { CallRecord } from "@mesibo-groups/core";
import { asCode } from "../call/code.ts";
import { callFormats, formatNames, type CallFormat } from "../call/format.ts";

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}

// What a form encodes is readable only without its escapes.
const prettyBody = ({ contentType, body }: CallRecord): string =>
  contentType === "application/json"
    ? pretty(body)
    : [...new URLSearchParams(body)].map(([name, value]) => `${name} = ${value}`).join("\n");

const formatBar = (shown: CallFormat): string =>
  callFormats
    .map((format) => (format === shown ? `[${formatNames[format]}]` : ` ${formatNames[format]} `))
    .join(" ");

/** A call in full: how it ended, the code that makes it again, the request and the answer. */
export function callText(record: CallRecord, format: CallFormat): string {
  const { op, attempt, outcome, status, durationMs, answer } = record;
  const again = attempt === 1 ? "" : `, attempt ${attempt}`;
  return [
    `${op}: ${outcome.replace("_", " ")}${again}, HTTP ${status ?? "no answer"}, ${durationMs} ms`,
    "",
    formatBar(format),
    asCode(record, format),
    "",
    "request",
    prettyBody(record),
    "",
    "answer",
    answer === undefined ? "none came" : pretty(answer),
  ].join("\n");
}
