import { addressFault, MAX_ADDRESS_BYTES, type Address, type AddressFault } from "../domain/member.ts";
import type { GroupFlags } from "../domain/flags.ts";
import type { OpName, Requests } from "../domain/requests.ts";
import { tryEncode } from "../wire/encode.ts";
import { ValidationError } from "./errors/validation-error.ts";
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
  ["cs", "permissions.send"],
  ["cr", "permissions.receive"],
  ["canpub", "permissions.publish"],
  ["cansub", "permissions.subscribe"],
  ["canlist", "permissions.list"],
]);

/** A request to look at. */
export interface RequestToValidate<O extends OpName> {
  readonly op: O;
  readonly request: Requests[O];
  readonly options: CallOptions;
  /** Whether a text has the app token in it. */
  readonly holdsToken: (text: string) => boolean;
}

/** A token pasted into a wrong field would be shown to every member, and in the errors and records of the call. */
function refuseToken<O extends OpName>({ op, request, holdsToken }: RequestToValidate<O>): void {
  for (const [field, value] of Object.entries<unknown>({ ...request })) {
    const texts: readonly unknown[] = Array.isArray(value) ? value : [value];
    if (texts.some((text) => typeof text === "string" && holdsToken(text)))
      throw new ValidationError(op, field, "without the app token in it: the token is a secret");
  }
}

function validateAddress(op: OpName, field: string, address: unknown): void {
  if (typeof address !== "string") throw new ValidationError(op, field, "text");
  const fault = addressFault(address);
  if (fault === undefined) return;
  const shown = JSON.stringify(address.length > 80 ? `${address.slice(0, 80)}…` : address);
  throw new ValidationError(op, `${field} ${shown}`, addressRules[fault]);
}

function validateList(op: OpName, field: string, list: readonly Address[]): void {
  if (!Array.isArray(list)) throw new ValidationError(op, field, "a list of addresses");
  for (const address of list) validateAddress(op, field, address);
}

const FLAGS = "made by decodeFlags, parseFlags or a preset";

function validateFlags(op: OpName, flags: GroupFlags, keepConflicts: boolean): void {
  // From plain JavaScript a number comes here easily: the API has one.
  if (typeof flags !== "object" || !Array.isArray(flags.conflicts))
    throw new ValidationError(op, "flags", FLAGS);
  if (flags.conflicts.length > 0 && !keepConflicts) {
    throw new ValidationError(
      op,
      "flags",
      "free of contradictory bits: settle them with withFlags, or keepConflicts",
    );
  }
}

/**
 * Refuses a request that mesibo could not understand or would misread, before anything is sent. Throws
 * {@link ValidationError}.
 */
export function validateRequest<O extends OpName>(asked: RequestToValidate<O>): void {
  const { op, request, options } = asked;
  refuseToken(asked);
  if ("address" in request && request.address !== undefined) validateAddress(op, "address", request.address);
  if ("from" in request) validateAddress(op, "from", request.from);
  if ("members" in request && request.members !== undefined) validateList(op, "members", request.members);
  if ("to" in request) validateList(op, "to", request.to);
  if ("flags" in request && request.flags !== undefined) {
    validateFlags(op, request.flags, options.keepConflicts === true);
  }
  // mesibo: empty text and an empty list mean "leave it" there (CON, MAB), so neither can be what is wanted.
  if (op === "groupset" && "name" in request && request.name === "") {
    throw new ValidationError(op, "name", "not empty: mesibo reads an empty name as leave it as it is");
  }
  if (op === "groupset" && "members" in request && request.members?.length === 0) {
    throw new ValidationError(op, "members", "not empty: mesibo reads an empty list as leave it as it is");
  }
  const fault = tryEncode(op, request);
  if (fault !== undefined)
    throw new ValidationError(op, fieldNames.get(fault.name) ?? fault.name, fault.expected);
}
