import { TOKEN_PLACEHOLDER, type CallRecord } from "@mesibo-groups/core";
import { asCurl } from "./shell.ts";

/** What shown calls are written to a file as. */
export type ArchiveKind = "har" | "sh";

const entry = ({
  op,
  url,
  contentType,
  body,
  startedAt,
  durationMs,
  status,
  answer,
  outcome,
  attempt,
}: CallRecord): unknown => ({
  startedDateTime: new Date(startedAt).toISOString(),
  time: durationMs,
  request: {
    method: "POST",
    url,
    httpVersion: "HTTP/1.1",
    cookies: [],
    headers: [
      { name: "content-type", value: contentType },
      { name: "accept", value: "application/json" },
    ],
    queryString: [],
    postData: { mimeType: contentType, params: [], text: body },
    headersSize: -1,
    bodySize: Buffer.byteLength(body),
  },
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
});

/** Calls as an HTTP archive (HAR 1.2), the oldest first. */
export const asHar = (calls: readonly CallRecord[]): string =>
  `${JSON.stringify(
    {
      log: {
        version: "1.2",
        creator: { name: "mesibo-groups", version: "1" },
        entries: calls.toReversed().map(entry),
        comment: `The app token is ${TOKEN_PLACEHOLDER} everywhere.`,
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
    ': "${MESIBO_APP_TOKEN:?set it to the app token}"',
    ...calls
      .toReversed()
      .flatMap((record) => ["", `# ${record.op}: ${record.outcome}`, asCurl(record), "echo"]),
    "",
  ].join("\n");

/** Calls, newest first, as the text of a file. */
export const archived = (calls: readonly CallRecord[], kind: ArchiveKind): string =>
  kind === "har" ? asHar(calls) : asScript(calls);
