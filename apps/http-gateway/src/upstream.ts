import { createClient, type Client, type ClientOptions } from "@mesibo-groups/core";
import { createMock, demoSeed } from "@mesibo-groups/mock-server";
import type { Upstream } from "./config.ts";

/** Milliseconds for one request to mesibo. */
const TIMEOUT_MS = 8_000;

/** Milliseconds for a whole operation, waiting and repetitions included. */
export const DEADLINE_MS = 20_000;

/** What a client knows of refused tokens, and whom it tells of them and of its calls. */
export type Watching = Pick<ClientOptions, "latched" | "onLatch" | "onCall">;

/** The client of an upstream; a demo gets a mock with the demo team, in this process. */
export function createUpstream(upstream: Upstream, watching: Watching = {}): Client {
  const shared = { ...watching, timeoutMs: TIMEOUT_MS, deadlineMs: DEADLINE_MS };
  if (upstream.kind === "mesibo") {
    const { token, url, dialect } = upstream;
    return createClient({ token, url, dialect, ...shared });
  }
  const { token, url, fetch } = createMock({ seed: demoSeed });
  return createClient({ token, url, fetch, ...shared });
}
