import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { Generation } from "@mesibo-groups/core/wire";
import { deliverNode } from "./faults/deliver-node.ts";
import { handle } from "./handle.ts";
import { emulatedPaths, MAX_BODY_BYTES, splitTarget } from "./paths.ts";
import { noRecorder } from "./recorder.ts";
import type { Reply } from "./reply.ts";
import { LARGE_BODY_BYTES } from "./tidy.ts";
import type { Worlds } from "./worlds.ts";

// Why not through the web app: a GET may carry a body here and not in the web's own Request (Laravel ids
// 65820352678), the program answers its first request in half the time, and a call costs a third less.

// Unlike Buffer it drops a byte order mark, as the web's own Request does in process.
const utf8 = new TextDecoder();

function send(response: ServerResponse, { status, contentType, text }: Reply): void {
  response.writeHead(status, { "content-type": contentType, "content-length": Buffer.byteLength(text) });
  response.end(text);
}

interface Letter {
  readonly response: ServerResponse;
  readonly reply: Reply;
}

/**
 * Sends what was answered in one turn of the event loop at its end. An answer that leaves at once wakes its caller,
 * who then takes the time of the requests that have come with it.
 */
function createOutbox(): (response: ServerResponse, reply: Reply) => void {
  let letters: Letter[] = [];
  const empty = (): void => {
    const full = letters;
    letters = [];
    for (const { response, reply } of full) send(response, reply);
  };
  return (response, reply) => {
    if (letters.length === 0) setImmediate(empty);
    letters.push({ response, reply });
  };
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers["transfer-encoding"] !== undefined || (headers["content-length"] ?? "0") !== "0";

/** Reads a body and gives it on, or undefined for one over 16 MiB. A body that breaks off is given to nobody. */
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

interface Target {
  readonly path: string;
  readonly query: string;
  readonly generation: Generation;
}

/** What requests are answered from. */
export interface ListenerOptions {
  readonly worlds: Worlds;
  /** Answers every path that is not mesibo's. */
  readonly web: RequestListener;
  /** Called after each request with a large body. */
  readonly afterLarge: (() => void) | undefined;
}

interface Desk extends ListenerOptions {
  readonly post: (response: ServerResponse, reply: Reply) => void;
}

function serve(
  { worlds, afterLarge, post }: Desk,
  request: IncomingMessage,
  response: ServerResponse,
  { path, query, generation }: Target,
): void {
  const take = (body: string | undefined): void => {
    const contentType = request.headers["content-type"] ?? "";
    const method = request.method ?? "GET";
    handle(worlds, { method, path, query, contentType, body, generation }, (reply, effect) => {
      if (effect === undefined) post(response, reply);
      else deliverNode(response, reply, effect);
    });
  };
  if (hasBody(request)) {
    readBody(request, take);
    if (afterLarge !== undefined && Number(request.headers["content-length"]) > LARGE_BODY_BYTES)
      response.once("close", afterLarge);
  } else take("");
}

/** Answers the emulated paths from Node's own request, and hands every other path to the web app. */
export function createListener(options: ListenerOptions): RequestListener {
  // What is recorded is told at the end of its turn already.
  const post = options.worlds.recorder === noRecorder ? createOutbox() : send;
  const desk: Desk = { ...options, post };
  return (request, response) => {
    const { path, query } = splitTarget(request.url ?? "");
    const generation = emulatedPaths.get(path);
    if (generation === undefined) options.web(request, response);
    else serve(desk, request, response, { path, query, generation });
  };
}
