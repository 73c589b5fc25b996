import type { Context } from "hono";
import type { GatewayEnv } from "../../environment.ts";
import { wantsLines } from "../../negotiate.ts";
import { fingerprintOf } from "../../operations/idempotency.ts";
import type { EditsAsked } from "../../member-edits/begin.ts";
import { editTypeOf } from "../../member-edits/bodies/read-edits.ts";
import { MAX_INLINE_EDITS } from "../../member-edits/limits.ts";

/** Whether a request would rather not wait. */
const prefersAsync = (c: Context<GatewayEnv>): boolean =>
  /(?:^|[,\s])respond-async(?:$|[,;\s])/i.test(c.req.header("prefer") ?? "");

/** Whether so many edits are done in the background. */
export function isLong(c: Context<GatewayEnv>, count: number): boolean {
  if (prefersAsync(c)) return true;
  if (wantsLines(c.req.header("accept") ?? "")) return false;
  return count > MAX_INLINE_EDITS || editTypeOf(c) !== "application/json";
}

/** What a request to edit members names. */
export interface AskedFor {
  readonly gid: number;
  readonly key: string | undefined;
  /** What makes two requests the same one, besides the options. */
  readonly body: unknown;
  readonly options: {
    readonly continue_on_unknown?: boolean | undefined;
    readonly isolation_calls?: number | undefined;
  };
}

/** What is asked for in the words of a job. */
export function jobFor(
  c: Context<GatewayEnv>,
  { gid, key, body, options }: AskedFor,
): Omit<EditsAsked, "kind" | "prepare"> {
  const { continue_on_unknown = false, isolation_calls = null } = options;
  const async = prefersAsync(c);
  const fingerprint = (): string =>
    fingerprintOf({ method: c.req.method, path: c.req.path, body: { body, options, async } });
  return {
    actor: c.var.actor.id,
    requestId: c.var.requestId,
    traceId: c.var.traceId,
    key: key === undefined ? undefined : { key, fingerprint: fingerprint() },
    request: { gid, continue_on_unknown, isolation_calls },
  };
}
