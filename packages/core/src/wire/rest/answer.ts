import * as z from "zod/mini";
import { decodeFlags } from "../../domain/flags.ts";
import type { Group } from "../../domain/group.ts";
import type { Member } from "../../domain/member.ts";
import { MAX_FLAG_WORD } from "../../domain/flags.ts";

/** A page of a list. */
export interface RestList<T> {
  readonly items: readonly T[];
  /** Null at the end. */
  readonly next: string | null;
}

/** A problem (RFC 9457) of a gateway. */
export interface RestProblem {
  /** The last part of its type. */
  readonly name: string;
  readonly status: number;
  readonly detail: string;
  readonly retryable: boolean;
  readonly sent: "no" | "maybe" | "yes";
  readonly gid?: number | undefined;
  /** The path of the operation. */
  readonly operation?: string | undefined;
  readonly may_have_happened?: boolean | undefined;
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[] | undefined;
  /** What mesibo said to the gateway. */
  readonly upstream?:
    | {
        readonly error: string;
        readonly code?: number | undefined;
        readonly cause?: string | undefined;
        readonly properties?: readonly string[] | undefined;
      }
    | undefined;
}

/** What a gateway has made of a batch of members. */
export interface RestBatchResult {
  readonly operation: string;
  readonly calls: number;
  readonly stopped: { readonly reason: string; readonly detail: string } | null;
  readonly items: readonly {
    readonly address: string;
    readonly status: "added" | "updated" | "unchanged" | "removed" | "refused" | "unknown" | "skipped";
    readonly problem?: (Pick<RestProblem, "detail" | "sent" | "upstream"> & RestItemProblem) | undefined;
  }[];
}

/** What the problem of one address says besides. */
export interface RestItemProblem {
  /** The last part of its type. */
  readonly name: string;
  /** False where the address was never tried by itself. */
  readonly isolated?: false | undefined;
}

const optional = z.optional;
const PREFIX = "/problems/";

const problem = z.object({
  type: z.string().check(z.startsWith(PREFIX)),
  status: z.number(),
  detail: z.string(),
  retryable: z.boolean(),
  sent: z.enum(["no", "maybe", "yes"]),
  gid: optional(z.number()),
  operation: optional(z.string()),
  may_have_happened: optional(z.boolean()),
  errors: optional(z.array(z.object({ pointer: z.string(), detail: z.string() }))),
  upstream: optional(
    z.object({
      error: z.string(),
      code: optional(z.number()),
      cause: optional(z.string()),
      properties: optional(z.array(z.string())),
    }),
  ),
});

const batch = z.object({
  operation: z.string(),
  calls: z.number(),
  stopped: z.nullable(z.object({ reason: z.string(), detail: z.string() })),
  items: z.array(
    z.object({
      address: z.string(),
      status: z.enum(["added", "updated", "unchanged", "removed", "refused", "unknown", "skipped"]),
      problem: optional(
        z.object({
          ...problem.shape,
          status: optional(z.number()),
          retryable: optional(z.boolean()),
          isolated: optional(z.literal(false)),
        }),
      ),
    }),
  ),
});
const created = z.object({ gid: z.number() });
const group = z.object({
  gid: z.number(),
  name: z.string(),
  flag: z.int().check(z.minimum(0), z.maximum(MAX_FLAG_WORD)),
  expires_at: z.string(),
  expiry_extension_seconds: z.number(),
  active: z.boolean(),
});
const permissions = z.object({
  send: z.boolean(),
  receive: z.boolean(),
  publish: z.boolean(),
  subscribe: z.boolean(),
  list: z.boolean(),
});
const groups = z.object({ items: z.array(group), next_cursor: z.nullable(z.string()) });
const members = z.object({
  items: z.array(z.object({ address: z.string(), permissions })),
  next_cursor: z.nullable(z.string()),
});

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The problem in an answer, or undefined where it holds none of a gateway. */
export function readProblem(text: string): RestProblem | undefined {
  const read = problem.safeParse(parse(text));
  if (!read.success) return undefined;
  const { type, ...rest } = read.data;
  return { ...rest, name: type.slice(PREFIX.length) };
}

/** The gid of a group that was created, or undefined where the answer holds none. */
export const readCreated = (text: string): { readonly gid: number } | undefined =>
  created.safeParse(parse(text)).data;

/** What has become of a batch of members, or undefined where the answer does not tell. */
export function readBatch(text: string): RestBatchResult | undefined {
  const { data } = batch.safeParse(parse(text));
  return (
    data && {
      ...data,
      items: data.items.map(({ problem, ...item }) => ({
        ...item,
        problem: problem && { ...problem, name: problem.type.slice(PREFIX.length) },
      })),
    }
  );
}

/** A page of groups, or undefined where the answer holds none. `at` is Unix milliseconds. */
export function readGroups(text: string, at: number): RestList<Group> | undefined {
  const { data } = groups.safeParse(parse(text));
  return (
    data && {
      items: data.items.map(({ gid, name, flag, expires_at, expiry_extension_seconds, active }) => ({
        gid,
        name,
        flags: decodeFlags(flag),
        expiry: Math.max(0, Math.round((Date.parse(expires_at) - at) / 1000)),
        expiryext: expiry_extension_seconds,
        active,
        pinned: false,
      })),
      next: data.next_cursor,
    }
  );
}

/** A page of members, or undefined where the answer holds none. */
export function readMembers(text: string): RestList<Member> | undefined {
  const { data } = members.safeParse(parse(text));
  return data && { items: data.items, next: data.next_cursor };
}
