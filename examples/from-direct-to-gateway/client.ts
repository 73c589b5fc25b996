import { createClient, type Client } from "@mesibo-groups/core";

/** Calls a gateway where there is one, and mesibo otherwise. Nothing else in a service changes. */
export function clientFor(env: Readonly<Record<string, string | undefined>>): Client {
  const { GATEWAY_URL, GATEWAY_API_KEY = "", MESIBO_APP_TOKEN = "", MESIBO_URL } = env;
  return GATEWAY_URL === undefined
    ? createClient({ token: MESIBO_APP_TOKEN, url: MESIBO_URL })
    : createClient({ gateway: { url: GATEWAY_URL, key: GATEWAY_API_KEY } });
}
