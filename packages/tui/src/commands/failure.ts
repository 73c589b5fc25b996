import {
  MembersError,
  MesiboError,
  RefusedError,
  UnknownOutcomeError,
  type ErrorKind,
} from "@mesibo-groups/core";
import { GatewayError } from "../gateway/errors.ts";
import { operationOf } from "../operation-of.ts";
import { KeptError } from "../kept/error.ts";
import { isNoRoom } from "../kept/failure.ts";
import { CommandError, type CommandFault } from "./command-error.ts";
import { exits, type Exit } from "./exits.ts";
import { gatewayFault } from "./gateway/fault.ts";

interface FailureClass {
  readonly exit: Exit;
  /** The next step, where the message does not name it. */
  readonly next: string;
}

const classes = {
  validation: { exit: "usage", next: "Correct it and run the command again." },
  refused: { exit: "refused", next: "Nothing was changed by this call." },
  auth: { exit: "unauthorised", next: "Check the app token in MESIBO_APP_TOKEN." },
  breach: {
    exit: "unauthorised",
    next: "mesibo disabled the app, as it does when its token is used from more than five addresses. Make a new token in mesibo's console.",
  },
  latched: { exit: "unauthorised", next: "Check the app token in MESIBO_APP_TOKEN." },
  cancelled: { exit: "not_sent", next: "" },
  not_sent: {
    exit: "not_sent",
    next: "Check MESIBO_URL and the network; it is safe to run the command again.",
  },
  unknown: { exit: "unknown", next: "" },
  protocol: { exit: "unknown", next: "Check that MESIBO_URL is mesibo's backend API." },
  members: { exit: "partial", next: "Each address and what became of it is on stdout." },
  usage: { exit: "usage", next: "" },
  unauthorised: { exit: "unauthorised", next: "" },
  conflict: { exit: "conflict", next: "" },
  not_found: { exit: "not_found", next: "" },
  partial: { exit: "partial", next: "" },
} as const satisfies Record<ErrorKind | CommandFault, FailureClass>;

/** Whom a command asks. Undefined before anybody was asked. */
export type Through = "mesibo" | "gateway" | undefined;

const overGateway: Partial<Record<ErrorKind, string>> = {
  auth: "The gateway's operator puts its app token right.",
  breach: "mesibo disabled the gateway's app. Its operator makes a new app token in mesibo's console.",
  latched: "",
  not_sent: "Check GATEWAY_URL and the network; it is safe to run the command again.",
  unknown: "The gateway keeps what it knows: see ops list --state unknown.",
  protocol: "Check that GATEWAY_URL is a gateway.",
};

const isLostRead = (error: MesiboError | CommandError): boolean =>
  error instanceof UnknownOutcomeError && !error.mayHaveHappened;

function nextStep(error: MesiboError | CommandError, through: Through): string {
  // What a command itself finds wrong says what to do in its own words.
  if (error instanceof CommandError) return "";
  if ((isLostRead(error) && error.kind !== "protocol") || isNoRoom(error)) return "";
  const { next } = classes[error.kind];
  const operation = error instanceof MembersError ? undefined : operationOf(error);
  if (operation !== undefined)
    return `${through === "gateway" ? "" : next} See ops show ${operation}.`.trim();
  if (through !== "gateway") return next;
  if (error instanceof RefusedError && error.refusal.error === "unauthenticated")
    return "Check the API key in GATEWAY_API_KEY, or where the profile has it from.";
  return overGateway[error.kind] ?? next;
}

// What a gateway refuses by itself has the name of its problem.
const gatewayExits: Readonly<Record<string, Exit>> = {
  "insufficient-scope": "unauthorised",
  "object-not-allowed": "unauthorised",
  "version-mismatch": "conflict",
  "idempotency-key-reused": "conflict",
  "operation-not-unknown": "conflict",
};

// mesibo: no source names the string for a missing group; its codes have HTTP's meaning. An address that is no user
// has 404 too, and is refused as a member, not looked up.
const isMissing = ({ refusal }: RefusedError): boolean => refusal.code === 404 && refusal.error !== "BADUSER";

function membersExit({ report }: MembersError): Exit {
  if (report.unknown.length > 0) return "unknown";
  if (report.done.length > 0) return "partial";
  const [first] = report.refused;
  return first === undefined ? "not_sent" : exitOf(first.error);
}

/** The exit code of an error, by name. */
export function exitOf(error: MesiboError | CommandError): Exit {
  if (error instanceof MembersError) return membersExit(error);
  if (error instanceof RefusedError && error.kind === "refused") {
    return isMissing(error) ? "not_found" : (gatewayExits[error.refusal.error] ?? "refused");
  }
  if (isLostRead(error)) return "not_sent";
  if (error.kind === "cancelled" && error instanceof MesiboError && error.sent !== "no") return "unknown";
  return classes[error.kind].exit;
}

/** An error as the document of `--json` on stderr. */
export interface FailureDocument {
  readonly kind: string;
  readonly message: string;
  readonly exit: number;
  readonly op?: string;
  readonly outcome?: string;
  /** Of an unknown outcome: false for a read, which changes nothing. */
  readonly may_have_happened?: boolean;
  readonly refusal?: object;
  /** The id under which an unknown outcome is kept. */
  readonly operation?: string;
}

/** What was found wrong besides mesibo's API, as a fault of the command. */
function faultOf(failure: unknown): unknown {
  if (failure instanceof GatewayError) return gatewayFault(failure);
  return failure instanceof KeptError ? new CommandError(failure.fault, failure.message) : failure;
}

/** Why addresses were not sent. What was refused or lost is told with its address. */
function hindrance(error: MesiboError | CommandError, through: Through): string {
  const { stoppedBy } = error instanceof MembersError ? error.report : {};
  if (stoppedBy?.outcome !== "not_sent") return "";
  return `What stopped it: ${describeFailure(stoppedBy, through).document.message}`;
}

/** An error in words and as data. Anything that is no error of ours or of core is thrown on. */
export function describeFailure(
  failure: unknown,
  through?: Through,
): { readonly exit: Exit; readonly document: FailureDocument } {
  const error = faultOf(failure);
  if (!(error instanceof MesiboError || error instanceof CommandError)) throw error;
  const exit = exitOf(error);
  const ending = /[.!?]$/.test(error.message) ? "" : ".";
  const message = [`${error.message}${ending}`, hindrance(error, through), nextStep(error, through)]
    .filter((words) => words !== "")
    .join(" ");
  const document = { kind: error.kind, message, exit: exits[exit].code };
  if (!(error instanceof MesiboError)) return { exit, document };
  const operation = operationOf(error);
  const kept = operation === undefined ? {} : { operation };
  const doubt = error instanceof UnknownOutcomeError ? { may_have_happened: error.mayHaveHappened } : {};
  const facts = { ...document, op: error.op, outcome: error.outcome, ...doubt, ...kept };
  return { exit, document: error instanceof RefusedError ? { ...facts, refusal: error.refusal } : facts };
}
