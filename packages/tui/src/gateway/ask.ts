import * as z from "zod/mini";
import { KEY_PLACEHOLDER } from "../placeholder.ts";
import { GatewayError } from "./errors.ts";

/** A request to a gateway for what the client has no words for. */
export interface GatewayRequest {
  readonly method?: "GET" | "POST" | undefined;
  /** Below `/v1`. */
  readonly path: string;
  readonly body?: unknown;
}

/** Asks a gateway; resolves with the answer, without the key. Rejects with a `GatewayError`. */
export type AskGateway = (request: GatewayRequest) => Promise<unknown>;

/** Where a gateway is, and its API key. */
export interface GatewayPlace {
  readonly url: string;
  readonly key: string;
  /** Stops a request. Default: nothing does but its time. */
  readonly signal?: AbortSignal | undefined;
}

const LIMIT_MS = 30_000;

/** A key as short as this stands in ordinary words, and is nobody's secret. */
const SHORTEST_SECRET = 6;

const problem = z.object({
  type: z.string(),
  detail: z.string(),
  may_have_happened: z.optional(z.boolean()),
});

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refusal({ status }: Response, text: string): GatewayError {
  const { data } = problem.safeParse(readJson(text));
  if (data === undefined)
    return new GatewayError("no_gateway", "GATEWAY_URL is no gateway. Give its address.");
  const { type, detail, may_have_happened: unknown = false } = data;
  const words = `The gateway says ${type.split("/").at(-1) ?? type}: ${detail}`;
  return new GatewayError(unknown ? "unknown" : "refused", words, status);
}

/** A gateway to ask. Opening it sends nothing. */
export function createAskGateway({ url, key, signal }: GatewayPlace): AskGateway {
  const hidden = (said: string): string =>
    key.length < SHORTEST_SECRET ? said : said.replaceAll(key, KEY_PLACEHOLDER);

  return async ({ method = "GET", path, body }) => {
    const limit = AbortSignal.timeout(LIMIT_MS);
    let response: Response;
    let text: string;
    try {
      response = await fetch(`${url}/v1${path}`, {
        method,
        headers: {
          authorization: `Bearer ${key}`,
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        redirect: "error",
        signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
      });
      text = hidden(await response.text());
    } catch {
      throw method === "GET"
        ? new GatewayError("not_sent", "The gateway cannot be reached. Check GATEWAY_URL and the network.")
        : new GatewayError(
            "unknown",
            "No answer came from the gateway; it may have happened. Look before you repeat it.",
          );
    }
    if (!response.ok) throw refusal(response, text);
    return readJson(text);
  };
}
