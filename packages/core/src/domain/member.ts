import type { Permissions } from "./permissions.ts";

/** A user's address: opaque text, at most 63 bytes of UTF-8 (HDR). */
export type Address = string;

/** mesibo's own id of a user. */
export type Uid = number;

/**
 * The longest address in bytes of UTF-8 (HDR `MESIBO_ADDRESSSTRING_MAXLENGTH`).
 *
 * @example
 * ```ts
 * import { addressFault, MAX_ADDRESS_BYTES } from "@mesibo-groups/core";
 *
 * console.assert(addressFault("a".repeat(MAX_ADDRESS_BYTES)) === undefined);
 * console.assert(addressFault("a".repeat(MAX_ADDRESS_BYTES + 1)) !== undefined);
 * ```
 */
export const MAX_ADDRESS_BYTES = 63;

/**
 * Lifetime of a user token in minutes when none is given: one year (D1full).
 *
 * @example
 * ```ts
 * import { DEFAULT_TOKEN_EXPIRY } from "@mesibo-groups/core";
 *
 * console.assert(DEFAULT_TOKEN_EXPIRY === 365 * 24 * 60);
 * ```
 */
export const DEFAULT_TOKEN_EXPIRY = 525_600;

/** A member of a group. */
export interface Member {
  readonly address: Address;
  readonly permissions: Permissions;
}

/** Why a text cannot travel as an address in mesibo's comma list `m`. `control` covers half surrogates too. */
export type AddressFault = "empty" | "too_long" | "comma" | "control" | "surrounding_space";

// Core names no runtime global beyond fetch and its types, so no TextEncoder. Throws for half a surrogate pair.
const utf8Bytes = (text: string): number => encodeURIComponent(text).replaceAll(/%../g, "x").length;

/**
 * What is wrong with `text` as an address, or undefined where nothing is.
 *
 * mesibo takes addresses as opaque text (DT) but lists them with commas, so a comma cannot be sent.
 *
 * @example
 * ```ts
 * import { addressFault } from "@mesibo-groups/core";
 *
 * console.assert(addressFault("alice@example.com") === undefined);
 * console.assert(addressFault("a,b") === "comma");
 * ```
 */
export function addressFault(text: string): AddressFault | undefined {
  if (text === "") return "empty";
  if (text.includes(",")) return "comma";
  if (/[\p{Cc}\p{Cs}]/u.test(text)) return "control";
  if (text.trim() !== text) return "surrounding_space";
  return utf8Bytes(text) > MAX_ADDRESS_BYTES ? "too_long" : undefined;
}
