import { randomUUID } from "node:crypto";
import { startBin } from "./process.ts";

/** A request to a gateway that runs. */
export interface RunningAsk {
  readonly method?: string;
  readonly body?: unknown;
  readonly key: string;
  /** Default: a new one for each post. */
  readonly idempotencyKey?: string;
}

/** What came of it. */
export interface RunningAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly json: unknown;
}

/** Starts the built gateway on a free port, and waits until it answers. */
export async function startGateway(env: Readonly<Record<string, string>>) {
  const { child, firstLine, ended } = startBin(["--port", "0", "--json"], { GATEWAY_LOG: "off", ...env });
  const { url } = JSON.parse(await firstLine) as { url: string };

  async function ask(path: string, asked: RunningAsk): Promise<RunningAnswer> {
    const { method = "GET", body, key, idempotencyKey = randomUUID() } = asked;
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(method === "POST" ? { "idempotency-key": idempotencyKey } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      json: text === "" ? undefined : JSON.parse(text),
    };
  }

  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    await ended;
  };
  return { url, ask, end };
}

/** A gateway that runs. */
export type RunningGateway = Awaited<ReturnType<typeof startGateway>>;
