import { codeOf } from "../code-of.ts";

/** What is wrong with a store. */
export type StoreFault =
  /** It does not answer, or does not take what is written: a full disk, a database that is down. */
  | "unavailable"
  /** Another gateway has the file. */
  | "locked"
  /** A later version of the gateway wrote it. */
  | "newer"
  /** It belongs to another app. */
  | "foreign"
  /** It is no database of a gateway. */
  | "unusable"
  /** Somebody else works on the group for longer than anyone should wait. */
  | "busy";

/** A store that cannot be used. The message names the place and never what is written in it. */
export class StoreError extends Error {
  override readonly name = "StoreError";
  readonly kind: StoreFault;

  constructor(kind: StoreFault, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}

// node:sqlite's own, a SQLSTATE, or a socket's.
const driverCode = /^(?:ERR_SQLITE_ERROR|[0-9A-Z]{5}|E[A-Z]{3,})$/;

/** The error of a driver as the gateway's own. Anything else is passed on as it is. */
export function storeFailure(error: unknown, place: string): unknown {
  if (error instanceof StoreError) return error;
  const code = codeOf(error);
  const ended = error instanceof Error && /connection terminated|pool after calling end/i.test(error.message);
  if (!ended && (code === undefined || !driverCode.test(code))) return error;
  if (code === "55P03") return new StoreError("busy", "Somebody else works on this group.", { cause: error });
  const words = error instanceof Error ? error.message.split("\n", 1)[0] : String(error);
  return new StoreError("unavailable", `The store at ${place} failed: ${words}`, { cause: error });
}
