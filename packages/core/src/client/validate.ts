import { addressFault, MAX_ADDRESS_BYTES, type Address, type AddressFault } from "../domain/member.ts";
import type { OpName, Requests } from "../domain/requests.ts";
import { tryEncode } from "../wire/encode.ts";
import { ValidationError } from "./errors.ts";
import type { CallOptions } from "./options.ts";

const addressRules = {
  empty: "not empty",
  too_long: `at most ${MAX_ADDRESS_BYTES} bytes`,
  comma: "without a comma: mesibo lists addresses with commas",
  control: "without control characters",
  surrounding_space: "without spaces around it",
} satisfies Record<AddressFault, string>;

// The codec names parameters as mesibo does; whoever called the client knows the field by our word.
const fieldNames = new Map([
  ["m", "members"],
  ["flag", "flags"],
  ["addr", "address"],
  ["msg", "text"],
  ["delete", "remove"],
]);

function addressesOf(request: Requests[OpName]): readonly [string, Address][] {
  const found: [string, Address][] = [];
  for (const [field, value] of Object.entries(request)) {
    if (field === "address" || field === "from") found.push([field, String(value)]);
    if (field === "members" || field === "to") {
      for (const item of Array.isArray(value) ? value : []) found.push([field, String(item)]);
    }
  }
  return found;
}

/** Refuses a request that mesibo could not understand or would misread, before anything is sent. */
export function validateRequest<O extends OpName>(
  op: O,
  request: Requests[O],
  options: CallOptions = {},
): void {
  for (const [field, address] of addressesOf(request)) {
    const fault = addressFault(address);
    if (fault !== undefined) {
      const shown = JSON.stringify(address.slice(0, 80));
      throw new ValidationError(op, `${field} ${shown}`, addressRules[fault]);
    }
  }
  const contradictory = "flags" in request && (request.flags?.conflicts.length ?? 0) > 0;
  if (contradictory && options.keepConflicts !== true) {
    throw new ValidationError(
      op,
      "flags",
      "free of contradictory bits: settle them with withFlags, or keepConflicts",
    );
  }
  const fault = tryEncode(op, request);
  if (fault !== undefined) {
    throw new ValidationError(op, fieldNames.get(fault.name) ?? fault.name, fault.expected);
  }
}
