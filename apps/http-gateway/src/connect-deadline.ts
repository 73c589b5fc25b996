import type { FetchLike } from "@mesibo-groups/core";

/** Where Node keeps the agent of its `fetch`, which no module hands out. */
const NODES_AGENT = Symbol.for("undici.globalDispatcher.1");

/** An agent of the kind that Node has, with a deadline for connections. Undefined where Node has another kind. */
function createAgent(connectMs: number): object | undefined {
  // Makes Node load its own.
  void new Request("http://127.0.0.1/");
  const agent: unknown = Reflect.get(globalThis, NODES_AGENT);
  const Agent: unknown = typeof agent === "object" && agent !== null ? agent.constructor : undefined;
  if (typeof Agent !== "function") return undefined;
  const made: unknown = Reflect.construct(Agent, [{ connect: { timeout: connectMs } }]);
  return typeof made === "object" && made !== null && "dispatch" in made ? made : undefined;
}

/**
 * A `fetch` that gives a connection up which is not there in time, TLS included. Nothing has been sent then, so that
 * no outcome is unknown; the deadline of the whole request would leave that open. Fires within half a second or so.
 *
 * @param connectMs - Milliseconds.
 */
export function fetchWithin(connectMs: number): FetchLike {
  const dispatcher = createAgent(connectMs);
  return (url, init) => {
    // Known to Node, and not to the types of a browser.
    const own: RequestInit & { readonly dispatcher?: object } = dispatcher ? { ...init, dispatcher } : init;
    return fetch(url, own);
  };
}
