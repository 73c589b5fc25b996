import { BlockList, isIP } from "node:net";

/** Whose word in `X-Forwarded-For` is believed: so many proxies in a row, or those in these networks. */
export type TrustedProxies =
  | { readonly kind: "hops"; readonly count: number }
  | { readonly kind: "networks"; readonly networks: BlockList };

const familyOf = (address: string): "ipv4" | "ipv6" => (isIP(address) === 6 ? "ipv6" : "ipv4");

const MAX_HOPS = 16;

/** Reads a count of proxies from 1 to 16, or networks with commas between. Undefined where the text is neither. */
export function readTrustedProxies(text: string): TrustedProxies | undefined {
  if (/^\d+$/.test(text)) {
    const count = Number(text);
    return count >= 1 && count <= MAX_HOPS ? { kind: "hops", count } : undefined;
  }
  const networks = new BlockList();
  for (const part of text.split(",")) {
    const [, address = "", prefix] = /^([\da-f:.]+)(?:\/(\d{1,3}))?$/i.exec(part.trim()) ?? [];
    const family = familyOf(address);
    const bits = family === "ipv6" ? 128 : 32;
    if (isIP(address) === 0 || Number(prefix ?? bits) > bits) return undefined;
    networks.addSubnet(address, Number(prefix ?? bits), family);
  }
  return { kind: "networks", networks };
}

// A socket that takes both families tells an IPv4 address as an IPv6 one.
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, "");

/** Where a request came from, as its connection and the proxies on the way tell it. */
export interface Forwarded {
  /** The address at the other end of the connection. */
  readonly socket: string | undefined;
  /** The header `X-Forwarded-For`. */
  readonly header: string | undefined;
}

/**
 * The address of the client: that of the connection, unless a trusted proxy tells of another one. What stands before
 * the word of the last trusted proxy may have been written by anybody, and is not read.
 */
export function clientAddress(
  { socket, header }: Forwarded,
  trusted: TrustedProxies | undefined,
): string | undefined {
  if (socket === undefined) return undefined;
  let client = plain(socket);
  if (trusted === undefined) return client;
  const told = (header ?? "").split(",").map((part) => plain(part.trim()));
  for (let hop = 1; ; hop += 1) {
    const isTrusted =
      trusted.kind === "hops" ? hop <= trusted.count : trusted.networks.check(client, familyOf(client));
    const next = told.pop();
    if (!isTrusted || next === undefined || isIP(next) === 0) return client;
    client = next;
  }
}
