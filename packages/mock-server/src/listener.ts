import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { Generation } from "@mesibo-groups/core/wire";
import { answer, defect, tooLarge } from "./answer.ts";
import { emulatedPaths, MAX_BODY_BYTES, splitTarget } from "./paths.ts";
import type { Worlds } from "./worlds.ts";

// Why not through the web app: a GET may carry a body here and not in the web's own Request (Laravel ids
// 65820352678), the program answers its first request in half the time, and a call costs a third less.

// Unlike Buffer it drops a byte order mark, as the web's own Request does in process.
const utf8 = new TextDecoder();

function send(response: ServerResponse, body: Record<string, unknown>, status = 200): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
  });
  response.end(text);
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers["transfer-encoding"] !== undefined || (headers["content-length"] ?? "0") !== "0";

/** Reads a body and gives it on, or undefined for one over 1 MiB. A body that breaks off is given to nobody. */
function readBody(request: IncomingMessage, take: (body: string | undefined) => void): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  request.on("data", (chunk: Buffer) => {
    bytes += chunk.byteLength;
    // Read to its end all the same: a caller that is still sending would never see the answer.
    if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
  });
  request.on("end", () => {
    take(bytes > MAX_BODY_BYTES ? undefined : utf8.decode(Buffer.concat(chunks)));
  });
  request.on("error", () => {
    chunks.length = 0;
  });
}

function serve(
  worlds: Worlds,
  request: IncomingMessage,
  response: ServerResponse,
  generation: Generation,
): void {
  const { query } = splitTarget(request.url ?? "");
  const take = (body: string | undefined): void => {
    const raw = { query, contentType: request.headers["content-type"] ?? "", body: body ?? "" };
    try {
      send(response, body === undefined ? tooLarge(query) : answer(worlds, { raw, generation }));
    } catch {
      // Thrown from an event handler it would end the process, and everybody's worlds with it.
      send(response, defect(query), 500);
    }
  };
  if (hasBody(request)) readBody(request, take);
  else take("");
}

/** Answers the emulated paths from Node's own request, and hands every other path to the web app. */
export function createListener(worlds: Worlds, web: RequestListener): RequestListener {
  return (request, response) => {
    const generation = emulatedPaths.get(splitTarget(request.url ?? "").path);
    if (generation === undefined) web(request, response);
    else serve(worlds, request, response, generation);
  };
}
