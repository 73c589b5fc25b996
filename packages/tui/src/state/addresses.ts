import { addressFault, type Address } from "@mesibo-groups/core";
import { faultWords } from "../text/fault-words.ts";

/** An entry of a pasted list that cannot be an address. */
export interface BadEntry {
  readonly text: string;
  /** 1 for the first line. */
  readonly line: number;
  readonly reason: string;
}

/** A typed or pasted list of addresses, read. */
export interface AddressList {
  /** Not members yet, without duplicates, in order. */
  readonly added: readonly Address[];
  /** Members already; they get the permissions that were chosen. */
  readonly updated: readonly Address[];
  /** How many entries were there before. */
  readonly duplicates: number;
  readonly bad: readonly BadEntry[];
}

/**
 * Reads addresses separated by commas, semicolons, spaces or line breaks.
 *
 * @param text - What was typed or pasted.
 * @param isMember - Whether an address is a member already.
 */
export function readAddresses(text: string, isMember: (address: Address) => boolean): AddressList {
  const added: Address[] = [];
  const updated: Address[] = [];
  const bad: BadEntry[] = [];
  const seen = new Set<Address>();
  let duplicates = 0;

  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    for (const entry of line.split(/[,;\s\ufeff]+/)) {
      if (entry === "") continue;
      const fault = addressFault(entry);
      if (fault !== undefined) {
        bad.push({ text: entry, line: index + 1, reason: faultWords[fault] });
      } else if (seen.has(entry)) {
        duplicates += 1;
      } else {
        seen.add(entry);
        (isMember(entry) ? updated : added).push(entry);
      }
    }
  }
  return { added, updated, duplicates, bad };
}
