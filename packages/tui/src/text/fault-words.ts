import { MAX_ADDRESS_BYTES, type AddressFault } from "@mesibo-groups/core";

/** What is wrong with an address, in words for a table. */
export const faultWords = {
  empty: "empty",
  too_long: `over ${MAX_ADDRESS_BYTES} bytes`,
  comma: "has a comma",
  control: "has a control character",
  surrounding_space: "has spaces around it",
} satisfies Record<AddressFault, string>;
