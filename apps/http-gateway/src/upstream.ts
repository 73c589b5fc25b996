import { createClient, type Client, type ClientOptions } from "@mesibo-groups/core";
import { createMock, demoSeed } from "@mesibo-groups/mock-server";
import type { Upstream } from "./config.ts";
import { fetchWithin } from "./upstream-fetch.ts";
import { defaultPolicy, type PolicyConfig } from "./config-policy.ts";

/** What a client knows of refused tokens, and whom it tells of them and of its calls. */
export type Watching = Pick<ClientOptions, "latched" | "onLatch" | "onCall">;

/** What a client is made with, besides where it calls. */
export interface UpstreamOptions extends Watching {
  /** Default: {@link defaultPolicy}. */
  readonly policy?: PolicyConfig | undefined;
}

/** The client of an upstream; a demo gets a mock with the demo team, in this process. */
export function createUpstream(
  upstream: Upstream,
  { policy = defaultPolicy, ...watching }: UpstreamOptions = {},
): Client {
  const { connectMs, ...limits } = policy;
  const shared = { ...watching, ...limits };
  if (upstream.kind === "mesibo") {
    const { token, url, dialect } = upstream;
    return createClient({ token, url, dialect, fetch: fetchWithin(connectMs), ...shared });
  }
  const { token, url, fetch } = createMock({ seed: demoSeed });
  return createClient({ token, url, fetch, ...shared });
}
