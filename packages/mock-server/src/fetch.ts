import { deliverFetch } from "./faults/deliver-fetch.ts";
import type { Effect } from "./faults/faults.ts";
import { handle } from "./handle.ts";
import { emulatedPaths, MAX_BODY_BYTES } from "./paths.ts";
import type { Reply } from "./reply.ts";
import type { Worlds } from "./worlds.ts";

/** Answers a request without a network, as `fetch` would. */
export type MockFetch = ((url: string, init: RequestInit) => Promise<Response>) &
  ((request: Request) => Promise<Response>);

/** Answers every path that is not mesibo's. */
export type WebFetch = (request: Request) => Promise<Response>;

function respond(reply: Reply, effect: Effect | undefined, signal: AbortSignal): Response {
  if (effect !== undefined) return deliverFetch(reply, effect, signal);
  const { status, contentType, text } = reply;
  return new Response(text, { status, headers: { "content-type": contentType } });
}

/** A `fetch` that a mock answers in this process. */
export function createFetch(worlds: Worlds, web: WebFetch): MockFetch {
  return async (input: string | Request, init?: RequestInit) => {
    const request = new Request(input, init);
    // A caller who has given up sends nothing over a network either.
    request.signal.throwIfAborted();
    const { pathname: path, search } = new URL(request.url);
    const generation = emulatedPaths.get(path);
    if (generation === undefined) return web(request);

    const gone = Promise.withResolvers<never>();
    request.signal.addEventListener("abort", () => gone.reject(request.signal.reason), { once: true });
    // A body may be a stream that never ends.
    const text = await Promise.race([request.text(), gone.promise]);
    const incoming = {
      method: request.method,
      path,
      query: search.slice(1),
      contentType: request.headers.get("content-type") ?? "",
      body: Buffer.byteLength(text) > MAX_BODY_BYTES ? undefined : text,
      generation,
      gone: request.signal,
    };
    const answered = Promise.withResolvers<Response>();
    handle(worlds, incoming, (reply, effect) => {
      try {
        answered.resolve(respond(reply, effect, request.signal));
      } catch (error) {
        answered.reject(error);
      }
    });
    return Promise.race([answered.promise, gone.promise]);
  };
}
