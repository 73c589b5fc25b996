import { addressFault, MAX_ADDRESS_BYTES, type Address, type AddressFault } from "@mesibo-groups/core";
import { usage } from "../command-error.ts";

const words = {
  empty: "is empty",
  too_long: `is longer than ${MAX_ADDRESS_BYTES} bytes`,
  comma: "has a comma in it, and mesibo lists addresses with commas",
  control: "has a control character in it",
  surrounding_space: "has a space before or after it",
} satisfies Record<AddressFault, string>;

/** What is wrong with an address in words, or undefined. */
export function addressWords(address: string): string | undefined {
  const fault = addressFault(address);
  const shown = address.length > 80 ? `${address.slice(0, 80)}…` : address;
  return fault === undefined ? undefined : `address ${JSON.stringify(shown)} ${words[fault]}`;
}

/** Addresses as they were typed, each once; one argument may hold several with commas. Throws a `CommandError`. */
export function readAddresses(texts: readonly string[]): readonly Address[] {
  const addresses = texts.flatMap((text) => text.split(",")).map((address) => address.trim());
  for (const address of addresses) {
    const fault = addressWords(address);
    if (fault !== undefined) throw usage(`The ${fault}. Nothing was sent.`);
  }
  return [...new Set(addresses)];
}
