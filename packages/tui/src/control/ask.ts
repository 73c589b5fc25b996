import * as z from "zod/mini";
import { ControlError } from "./errors.ts";
import { problemSchema } from "./schemas.ts";

/** Where a mock is reached, and the token whose world it is about. */
export interface MockPlace {
  readonly fetch: (request: Request) => Promise<Response>;
  /** Of the emulated API; the control API is on the same server. */
  readonly url: string;
  readonly token: string;
}

/** A question to the control API. */
export interface Question {
  readonly method?: "GET" | "PUT" | "PATCH" | "POST" | "DELETE" | undefined;
  /** Whether something is another after it. Default: all but GET and POST change something. */
  readonly changes?: boolean | undefined;
  /** Below `/_mock`. */
  readonly path: string;
  readonly body?: unknown;
}

const LIMIT_MS = 10_000;

/** A token as short as this stands in ordinary words, and is nobody's secret. */
const SHORTEST_SECRET = 6;

const NO_CONTROL = "This server answers no control API. Start mesibo-mock without --no-control.";

/** Asks the control API of a mock. Throws `ControlError`; no error and no answer has the token in it. */
export function createAsk({
  fetch,
  url,
  token,
}: MockPlace): (question: Question) => Promise<string | undefined> {
  const hidden = (text: string): string =>
    token.length < SHORTEST_SECRET ? text : text.replaceAll(token, "[redacted]");

  async function refusal(response: Response): Promise<ControlError> {
    const parsed = problemSchema.safeParse(readJson(hidden(await response.text())));
    return parsed.success
      ? new ControlError("refused", parsed.data.detail, response.status)
      : new ControlError("refused", NO_CONTROL);
  }

  return async ({ method = "GET", changes = !["GET", "POST"].includes(method), path, body }) => {
    let response: Response;
    try {
      response = await fetch(
        new Request(new URL(`/_mock${path}`, url), {
          method,
          // Another place may be anybody's.
          redirect: "manual",
          signal: AbortSignal.timeout(LIMIT_MS),
          ...(body === undefined
            ? {}
            : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
        }),
      );
    } catch {
      const doubt = changes ? " It may have happened." : "";
      throw new ControlError(changes ? "unknown" : "not_sent", `The mock cannot be reached.${doubt}`);
    }
    if (!response.ok) throw await refusal(response);
    return response.status === 204 ? undefined : hidden(await response.text());
  };
}

/** JSON as a value; undefined for any other text. */
export function readJson(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** An answer in a shape. Throws `ControlError` for what has another one. */
export function shaped<Schema extends z.ZodMiniType>(
  schema: Schema,
  text: string | undefined,
): z.output<Schema> {
  const parsed = z.safeParse(schema, readJson(text));
  if (parsed.success) return parsed.data;
  throw new ControlError("refused", NO_CONTROL);
}
