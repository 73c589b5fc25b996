import { createClient, type CallRecord, type Client } from "@mesibo-groups/core";
import { createMock, demoSeed } from "@mesibo-groups/mock-server";
import { findCredential, noCredential, type Sought } from "./credential.ts";
import { ProfileError } from "./errors.ts";
import type { Secret } from "./secret.ts";

/** How a connection is opened. */
export interface ConnectionOptions extends Sought {
  readonly onCall?: ((record: CallRecord) => void) | undefined;
  /** Milliseconds for one request and for a whole operation. Default: the client's. */
  readonly timeoutMs?: number | undefined;
  /** Told the token before anything else can print it. */
  readonly onSecret?: ((secret: Secret) => void) | undefined;
}

/** The token of a mock that nobody gave one: each token is a world of its own there, and none is secret. */
const MOCK_TOKEN = "mock-app-token";

/** A client for the resolved profile. Sends nothing; throws `ProfileError` where a credential is missing. */
export async function openConnection(options: ConnectionOptions): Promise<Client> {
  const { around, resolved, onCall, timeoutMs, onSecret } = options;
  const times = { timeoutMs, deadlineMs: timeoutMs };
  const { kind, url, dialect, profile } = resolved;
  if (kind.value === "gateway") {
    throw new ProfileError({
      source: `profile ${profile.value}`,
      fault: "is a gateway, which this version cannot talk to yet.",
      next: "Choose a profile of kind mock or mesibo with --profile.",
    });
  }
  if (url.value === undefined) {
    const { token, url: mockUrl, fetch } = createMock({ seed: demoSeed });
    return createClient({ token, url: mockUrl, fetch, dialect: dialect.value, onCall, ...times });
  }
  const secret = await findCredential({ around, resolved });
  if (secret === undefined && kind.value === "mesibo") throw noCredential(resolved);
  if (secret !== undefined) onSecret?.(secret);
  const token = secret?.reveal() ?? MOCK_TOKEN;
  return createClient({ token, url: url.value, dialect: dialect.value, onCall, ...times });
}
