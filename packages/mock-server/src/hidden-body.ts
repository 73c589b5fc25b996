import type { IncomingMessage } from "node:http";
import type { Context } from "hono";
import { MAX_BODY_BYTES } from "./app.ts";

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;

/**
 * Reads the body of a GET, which the web's `Request` cannot have but callers send (Laravel ids 65820352678).
 * Answers undefined for one over 1 MiB.
 */
export async function readHiddenBody(
  context: Context<{ Bindings: { incoming?: IncomingMessage } }>,
): Promise<string | undefined> {
  const { incoming } = context.env;
  if (incoming === undefined || !hasBody(incoming)) return "";
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of incoming) {
    if (!(chunk instanceof Uint8Array)) continue;
    bytes += chunk.byteLength;
    if (bytes > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
