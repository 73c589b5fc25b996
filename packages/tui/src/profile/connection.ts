import { createClient, type CallRecord, type Client } from "@mesibo-groups/core";
import type { MockPlace } from "../control/ask.ts";
import type { GatewayPlace } from "../gateway/ask.ts";
import { createKeptChanges, type KeptChanges } from "../kept/changes.ts";
import { keepingClient } from "../kept/client.ts";
import { createStore } from "../kept/store.ts";
import { findCredential, MOCK_TOKEN, noCredential, type Sought } from "./credential.ts";
import { unknownFolder } from "./paths.ts";
import { secretFrom, type Secret } from "./secret.ts";

/** How a connection is opened. */
export interface ConnectionOptions extends Sought {
  readonly onCall?: ((record: CallRecord) => void) | undefined;
  /** Milliseconds for one request and for a whole operation. Default: the client's. */
  readonly timeoutMs?: number | undefined;
  /** Told where the mock is, where the profile is one: there is more to ask of it than mesibo's API. */
  readonly onMock?: ((place: MockPlace) => void) | undefined;
  /** Told where the gateway is, where the profile is one: it keeps what mesibo's API has no words for. */
  readonly onGateway?: ((place: GatewayPlace) => void) | undefined;
  /** Told what is kept on this machine of changes whose outcome is unknown, where nobody else keeps them. */
  readonly onKept?: ((kept: KeptChanges) => void) | undefined;
  /** Told the token or API key before anything else can print it. */
  readonly onSecret?: ((secret: Secret) => void) | undefined;
}

async function openEmbedded({ resolved, onCall, onMock, timeoutMs }: ConnectionOptions): Promise<Client> {
  // A mock is much to load for whoever talks to a server.
  const { createMock, demoSeed } = await import("@mesibo-groups/mock-server");
  const { token, url, fetch } = createMock({ seed: demoSeed });
  onMock?.({ fetch, url, token });
  const times = { timeoutMs, deadlineMs: timeoutMs };
  return createClient({ token, url, fetch, dialect: resolved.dialect.value, onCall, ...times });
}

/** A client for the resolved profile. Sends nothing; throws `ProfileError` where a credential is missing. */
export async function openConnection(options: ConnectionOptions): Promise<Client> {
  const { around, resolved, onCall, onMock, timeoutMs, onSecret, onGateway, onKept } = options;
  const { profile, kind, url, dialect } = resolved;
  if (url.value === undefined) return openEmbedded(options);
  const secret = await findCredential({ around, resolved });
  if (secret === undefined && kind.value !== "mock") throw noCredential(resolved);
  if (secret !== undefined) onSecret?.(secret);
  const { fingerprint, reveal } = secret ?? secretFrom("default", MOCK_TOKEN);
  const given = reveal();
  if (kind.value === "mock") onMock?.({ fetch: globalThis.fetch, url: url.value, token: given });
  if (kind.value === "gateway") onGateway?.({ url: url.value, key: given });
  const more = { onCall, timeoutMs, deadlineMs: timeoutMs };
  if (kind.value === "gateway") return createClient({ gateway: { url: url.value, key: given }, ...more });
  const client = createClient({ token: given, url: url.value, dialect: dialect.value, ...more });
  const keeping = {
    store: createStore(unknownFolder(around)),
    owner: { name: profile.value, url: url.value, credential: fingerprint },
  };
  onKept?.(createKeptChanges(keeping, client));
  return keepingClient(client, keeping);
}
