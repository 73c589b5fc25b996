import * as z from "zod/mini";
import { CommandError, type CommandFault } from "../command-error.ts";
import { targetOf, type Asking } from "../target.ts";

/** A request to a gateway for what the client has no words for. */
export interface GatewayRequest {
  readonly method?: "GET" | "POST" | undefined;
  /** Below `/v1`. */
  readonly path: string;
  readonly body?: unknown;
}

/** Asks a gateway; resolves with the answer. Rejects with a `CommandError`. */
export type AskGateway = (request: GatewayRequest) => Promise<unknown>;

const LIMIT_MS = 30_000;

const OTHERWISE =
  "This is for a gateway: only it keeps operations, API keys and an audit. Choose a profile of kind gateway with --profile, or set GATEWAY_URL and GATEWAY_API_KEY.";

const problem = z.object({ type: z.string(), detail: z.string() });

const faults: Readonly<Record<number, CommandFault>> = {
  401: "unauthorised",
  403: "unauthorised",
  404: "not_found",
  409: "conflict",
  412: "conflict",
  422: "conflict",
};

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refusal({ status }: Response, text: string): CommandError {
  const { type, detail } = problem.safeParse(readJson(text)).data ?? {};
  if (type === undefined || detail === undefined)
    return new CommandError("usage", "GATEWAY_URL is no gateway. Give its address, without /v1.");
  const words = `The gateway says ${type.split("/").at(-1) ?? type}: ${detail}`;
  return new CommandError(faults[status] ?? (status < 500 ? "usage" : "not_sent"), words);
}

/** Opens the gateway that options, environment and files choose, besides the client. */
export async function openGateway(asking: Asking, changes = false): Promise<AskGateway> {
  const { url, secret } = await targetOf(asking, { kind: "gateway", otherwise: OTHERWISE, changes });
  return async ({ method = "GET", path, body }) => {
    let response: Response;
    let text: string;
    try {
      response = await fetch(`${url.replace(/\/+$/, "")}/v1${path}`, {
        method,
        headers: {
          authorization: `Bearer ${secret}`,
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        redirect: "error",
        signal: AbortSignal.any([asking.signal, AbortSignal.timeout(LIMIT_MS)]),
      });
      text = await response.text();
    } catch {
      throw method === "GET"
        ? new CommandError("not_sent", "The gateway cannot be reached. Check GATEWAY_URL and the network.")
        : new CommandError(
            "unknown",
            "No answer came from the gateway; it may have happened. Look before you repeat it.",
          );
    }
    if (!response.ok) throw refusal(response, text);
    return readJson(text);
  };
}

/** A list as a gateway answers it, page by page. */
const pageSchema = z.object({ items: z.array(z.looseObject({})), next_cursor: z.nullable(z.string()) });

/** Rows as a gateway has them: what this program does not know of is passed on. */
export type Row = Readonly<Record<string, unknown>>;

/** Reads a list to its end, or so many rows of it. */
export async function readPages(
  ask: AskGateway,
  path: string,
  most = Number.POSITIVE_INFINITY,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  let cursor: string | null = null;
  do {
    const more: string = cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`;
    const page = pageSchema.safeParse(
      await ask({ path: `${path}${path.includes("?") ? "&" : "?"}limit=100${more}` }),
    );
    if (!page.success)
      throw new CommandError("usage", "The gateway's list is not understood. Is it another version?");
    rows.push(...page.data.items);
    cursor = page.data.next_cursor;
  } while (cursor !== null && rows.length < most);
  return rows.slice(0, most);
}

/** A value of a row for a table. */
export const cell = (value: unknown): string =>
  value === null || value === undefined ? "-" : typeof value === "string" ? value : JSON.stringify(value);
