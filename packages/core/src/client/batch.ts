import type { Address } from "../domain/member.ts";

/**
 * The most addresses in one call.
 *
 * @example
 * ```ts
 * import { batchAddresses, MAX_BATCH_ADDRESSES } from "@mesibo-groups/core";
 *
 * const short = Array.from({ length: MAX_BATCH_ADDRESSES + 1 }, (_, index) => `u${index}`);
 * console.assert(batchAddresses(short).length === 2);
 * ```
 */
export const MAX_BATCH_ADDRESSES = 100;

/**
 * The most bytes of addresses in one call: mesibo's on-premise front end limits a body to 8 KiB (OPgit).
 *
 * @example
 * ```ts
 * import { batchAddresses, MAX_BATCH_BYTES } from "@mesibo-groups/core";
 *
 * const long = Array.from({ length: 100 }, (_, index) => String(index).padStart(63, "a"));
 * console.assert(long.join().length > MAX_BATCH_BYTES && batchAddresses(long).length === 2);
 * ```
 */
export const MAX_BATCH_BYTES = 6 * 1024;

/**
 * Splits a list into the batches that `members.add` and `members.remove` send: at most 100 addresses and 6 KiB
 * each. Duplicates go, the order stays.
 *
 * @example
 * ```ts
 * import { batchAddresses } from "@mesibo-groups/core";
 *
 * const addresses = Array.from({ length: 250 }, (_, index) => `user${index}`);
 * console.assert(batchAddresses(addresses).length === 3);
 * ```
 */
export function batchAddresses(addresses: readonly Address[]): readonly (readonly Address[])[] {
  const batches: Address[][] = [];
  let current: Address[] = [];
  let bytes = 0;
  for (const address of new Set(addresses)) {
    // Percent-encoded with its comma: the larger of the two dialects.
    const cost = encodeURIComponent(address).length + 3;
    if (current.length === MAX_BATCH_ADDRESSES || (current.length > 0 && bytes + cost > MAX_BATCH_BYTES)) {
      batches.push(current);
      current = [];
      bytes = 0;
    }
    current.push(address);
    bytes += cost;
  }
  if (current.length > 0) batches.push(current);
  return batches;
}
