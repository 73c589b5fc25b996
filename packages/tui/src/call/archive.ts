import { TOKEN_PLACEHOLDER, type CallRecord } from "@mesibo-groups/core";
import { KEY_PLACEHOLDER } from "../placeholder.ts";
import { isRest } from "./rest.ts";
import { asCurl } from "./shell.ts";

/** What shown calls are written to a file as. */
export type ArchiveKind = "har" | "sh";

interface Header {
  readonly name: string;
  readonly value: string;
}

function headersOf(record: CallRecord): readonly Header[] {
  const { contentType, body } = record;
  const key = isRest(record) ? [{ name: "authorization", value: `Bearer ${KEY_PLACEHOLDER}` }] : [];
  const type = body === "" ? [] : [{ name: "content-type", value: contentType }];
  return [...key, ...type, { name: "accept", value: "application/json" }];
}

const requestEntry = (record: CallRecord): unknown => {
  const { method = "POST", url, contentType, body } = record;
  return {
    method,
    url,
    httpVersion: "HTTP/1.1",
    cookies: [],
    headers: headersOf(record),
    queryString: [...new URL(url).searchParams].map(([name, value]) => ({ name, value })),
    ...(body === "" ? {} : { postData: { mimeType: contentType, params: [], text: body } }),
    headersSize: -1,
    bodySize: Buffer.byteLength(body),
  };
};

const entry = (record: CallRecord): unknown => {
  const { op, startedAt, durationMs, status, answer, outcome, attempt } = record;
  return {
    startedDateTime: new Date(startedAt).toISOString(),
    time: durationMs,
    request: requestEntry(record),
    response: {
      // The format has no word for a request without an answer; 0 is what browsers write.
      status: status ?? 0,
      statusText: "",
      httpVersion: "HTTP/1.1",
      cookies: [],
      headers: [],
      content: {
        size: Buffer.byteLength(answer ?? ""),
        mimeType: "application/json",
        text: answer ?? "",
      },
      redirectURL: "",
      headersSize: -1,
      bodySize: -1,
    },
    cache: {},
    timings: { send: 0, wait: durationMs, receive: 0 },
    comment: `${op}, attempt ${attempt}: ${outcome}`,
  };
};

/** Calls as an HTTP archive (HAR 1.2), the oldest first. */
export const asHar = (calls: readonly CallRecord[]): string =>
  `${JSON.stringify(
    {
      log: {
        version: "1.2",
        creator: { name: "mesibo-groups", version: "1" },
        entries: calls.toReversed().map(entry),
        comment: `The app token is ${TOKEN_PLACEHOLDER} and the API key ${KEY_PLACEHOLDER} everywhere.`,
      },
    },
    undefined,
    2,
  )}\n`;

/** Calls as a script for a POSIX shell, the oldest first. */
export const asScript = (calls: readonly CallRecord[]): string =>
  [
    "#!/bin/sh",
    "# Makes the calls again, one after the other. A groupadd makes another group each time.",
    "set -eu",
    ...(calls.every(isRest) ? [] : [': "${MESIBO_APP_TOKEN:?set it to the app token}"']),
    ...(calls.some(isRest) ? [': "${GATEWAY_API_KEY:?set it to the API key}"'] : []),
    ...calls
      .toReversed()
      .flatMap((record) => ["", `# ${record.op}: ${record.outcome}`, asCurl(record), "echo"]),
    "",
  ].join("\n");

/** Calls, newest first, as the text of a file. */
export const archived = (calls: readonly CallRecord[], kind: ArchiveKind): string =>
  kind === "har" ? asHar(calls) : asScript(calls);
