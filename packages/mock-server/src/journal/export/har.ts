import packageJson from "../../../package.json" with { type: "json" };
import type { EntryView } from "../view.ts";
import type { Origin } from "./index.ts";
import { isJson, loss, target } from "./parts.ts";

function archived(view: EntryView, origin: string): Record<string, unknown> {
  const { at, method, query, content_type: contentType, body, status = 0, answer } = view;
  const headers = contentType === "" ? [] : [{ name: "content-type", value: contentType }];
  const answerType = isJson(answer) ? "application/json" : "text/plain";
  return {
    startedDateTime: at,
    time: 0,
    request: {
      method,
      url: origin + target(view),
      httpVersion: "HTTP/1.1",
      cookies: [],
      headers,
      queryString: [...new URLSearchParams(query)].map(([name, value]) => ({ name, value })),
      ...(body === "" ? {} : { postData: { mimeType: contentType, params: [], text: body } }),
      headersSize: -1,
      bodySize: Buffer.byteLength(body),
    },
    response: {
      status,
      statusText: "",
      httpVersion: "HTTP/1.1",
      cookies: [],
      headers: [{ name: "content-type", value: answerType }],
      content: { size: Buffer.byteLength(answer), mimeType: answerType, text: answer },
      redirectURL: "",
      headersSize: -1,
      bodySize: Buffer.byteLength(answer),
    },
    cache: {},
    timings: { send: 0, wait: 0, receive: 0 },
    comment: [view.explanation.summary, loss(view) ?? ""].join(" ").trim(),
  };
}

/** An HTTP archive, version 1.2. */
export function httpArchive(views: readonly EntryView[], { origin }: Origin): string {
  const creator = { name: "mesibo-mock", version: packageJson.version };
  const entries = views.map((view) => archived(view, origin));
  return `${JSON.stringify({ log: { version: "1.2", creator, entries } }, null, 2)}\n`;
}
