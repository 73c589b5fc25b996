import { createClient, type CallRecord, type Client } from "@mesibo-groups/core";
import { createMock, demoSeed } from "@mesibo-groups/mock-server";

/** A client of a mock inside this process, with the demo team in it: no account, no network. */
export function demoClient(onCall: (record: CallRecord) => void): Client {
  const { token, url, fetch } = createMock({ seed: demoSeed });
  return createClient({ token, url, fetch, onCall });
}
