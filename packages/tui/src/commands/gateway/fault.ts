import type { GatewayError } from "../../gateway/errors.ts";
import { CommandError, type CommandFault } from "../command-error.ts";

const faults: Readonly<Record<number, CommandFault>> = {
  401: "unauthorised",
  403: "unauthorised",
  404: "not_found",
  409: "conflict",
  412: "conflict",
  422: "conflict",
};

/** What a gateway's error is to a script. */
export function gatewayFault({ outcome, status = 0, message }: GatewayError): CommandError {
  if (outcome === "no_gateway") return new CommandError("usage", message);
  if (outcome !== "refused") return new CommandError(outcome, message);
  return new CommandError(faults[status] ?? (status < 500 ? "usage" : "not_sent"), message);
}
