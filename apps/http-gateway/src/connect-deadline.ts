import type { FetchLike } from "@mesibo-groups/core";

/** Where Node keeps the agent of its `fetch`, which no module hands out: from version 26 on, and before. */
const NODES_AGENTS = ["undici.globalDispatcher.2", "undici.globalDispatcher.1"].map((name) =>
  Symbol.for(name),
);

/** An agent of the kind that Node has, with a deadline for connections. Undefined where Node has another kind. */
function createAgent(connectMs: number): object | undefined {
  // Makes Node load its own.
  void new Request("http://127.0.0.1/");
  const agents = NODES_AGENTS.map((name): unknown => Reflect.get(globalThis, name));
  const agent = agents.find((one) => typeof one === "object" && one !== null);
  const Agent: unknown = agent?.constructor;
  if (typeof Agent !== "function") return undefined;
  try {
    // HTTP/1.1 in every version: what a failure says of what was sent is known of that.
    const made: unknown = Reflect.construct(Agent, [{ connect: { timeout: connectMs }, allowH2: false }]);
    return typeof made === "object" && made !== null && "dispatch" in made ? made : undefined;
  } catch {
    // One that an operator has put there, such as a proxy's, which wants to know more. It stays in use.
    return undefined;
  }
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
