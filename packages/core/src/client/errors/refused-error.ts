import type { Refusal } from "../../domain/refusal.ts";
import { oneLine } from "../words.ts";
import { MesiboError, type ErrorFacts } from "./mesibo-error.ts";

const MAX_WORDS = 300;

/**
 * mesibo or a gateway refused: definitely not done. `auth` and `breach` also latch the client.
 *
 * @example
 * ```ts
 * import { createClient, RefusedError } from "@mesibo-groups/core";
 *
 * const answer = '{"error":"BADGROUP","code":404,"op":"groupdel","result":false}';
 * const client = createClient({ token: "app-token", fetch: async () => new Response(answer) });
 * const error: unknown = await client.groups.delete(5).catch((reason: unknown) => reason);
 * console.assert(error instanceof RefusedError && error.refusal.error === "BADGROUP");
 * ```
 */
export class RefusedError extends MesiboError {
  override readonly name = "RefusedError";
  readonly refusal: Refusal;

  constructor(facts: ErrorFacts, refusal: Refusal, by: "mesibo" | "the gateway" = "mesibo") {
    const { error, code, cause, properties = [] } = refusal;
    const facet = properties.length > 0 ? ` (${properties.join(", ")})` : "";
    const number = code === undefined ? "" : ` ${code}`;
    const words = cause === undefined ? "." : `: ${cause}`;
    super(
      facts,
      `${facts.op}: ${by} refused with ${oneLine(`${error}${number}${facet}${words}`, MAX_WORDS)}`,
    );
    this.refusal = refusal;
  }
}
