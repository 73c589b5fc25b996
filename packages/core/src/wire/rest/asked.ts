import * as z from "zod/mini";
import { decodeFlags, MAX_FLAG_WORD } from "../../domain/flags.ts";
import type { OpName, Requests } from "../../domain/requests.ts";
import type { RestReadOp, RestWriteOp } from "./request.ts";

const optional = z.optional;

const settings = z.object({
  name: optional(z.string()),
  flag: optional(z.int().check(z.minimum(0), z.maximum(MAX_FLAG_WORD))),
  expires_in_seconds: optional(z.number()),
  expiry_extension_seconds: optional(z.number()),
  active: optional(z.boolean()),
});

const member = z.object({ permissions: z.record(z.string(), z.boolean()) });
const batch = z.object({
  permissions: optional(z.record(z.string(), z.boolean())),
  items: z.array(z.object({ address: z.string() })),
});

/** A request to a gateway, as a record has it. */
export interface RestAsked {
  readonly method: string;
  /** Below `/v1`. */
  readonly path: string;
  readonly body: unknown;
}

/** What a path names. */
interface Place {
  readonly gid: number;
  readonly address: string;
  readonly query: URLSearchParams;
}

type Asked = Place & Pick<RestAsked, "method" | "body">;

function settingsOf(body: unknown): Requests["groupadd"] | undefined {
  const { data } = settings.safeParse(body);
  return (
    data && {
      name: data.name,
      flags: data.flag === undefined ? undefined : decodeFlags(data.flag),
      expiry: data.expires_in_seconds,
      expiryext: data.expiry_extension_seconds,
      active: data.active,
    }
  );
}

const countOf = (query: URLSearchParams): number => Number(query.get("limit"));

const readers: {
  readonly [O in RestWriteOp | RestReadOp]: (asked: Asked) => Requests[O] | undefined;
} = {
  groupadd: ({ body }) => settingsOf(body),
  groupset: ({ gid, body }) => {
    const change = settingsOf(body);
    return change && { gid, ...change };
  },
  groupdel: ({ gid }) => ({ gid }),
  groupeditmembers: ({ gid, address, method, body }) => {
    if (method === "POST") {
      const { data } = batch.safeParse(body);
      if (data === undefined) return undefined;
      const members = data.items.map((item) => item.address);
      return { gid, members, permissions: data.permissions ?? {}, remove: data.permissions === undefined };
    }
    const about = { gid, members: [address] };
    if (method === "DELETE") return { ...about, permissions: {}, remove: true };
    const { data } = member.safeParse(body);
    return data && { ...about, permissions: data.permissions, remove: false };
  },
  groupsget: ({ query }) => ({ pattern: query.get("filter[name]") ?? undefined, count: countOf(query) }),
  groupgetmembers: ({ gid, query }) => ({ gid, count: countOf(query) }),
};

const isAsked = (op: OpName): op is keyof typeof readers => Object.hasOwn(readers, op);

const paths = /^\/groups(?:\/(?<gid>\d+)(?:\/member-batches|\/members(?:\/(?<address>[^/]+))?)?)?$/;

function placeOf(path: string): Place | undefined {
  const [plain = "", query = ""] = path.split("?");
  const { gid, address = "" } = paths.exec(plain)?.groups ?? {};
  if (!paths.test(plain)) return undefined;
  return { gid: Number(gid), address: decodeURIComponent(address), query: new URLSearchParams(query) };
}

/**
 * The request in domain words that a request to a gateway stands for: the reverse of `writeRest`, `writeBatch` and
 * `readRest`.
 * Undefined where it is none of theirs; throws `URIError` for an address that is not percent-encoded.
 */
export function askedOf(op: OpName, { method, path, body }: RestAsked): Requests[OpName] | undefined {
  const place = placeOf(path);
  return place === undefined || !isAsked(op) ? undefined : readers[op]({ ...place, method, body });
}
