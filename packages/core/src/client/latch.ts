import type { ClientOptions } from "./options.ts";
import type { RefusedError } from "./errors/refused-error.ts";
import { tell } from "./tell.ts";

/** What stops a client once its token or key is refused: from then on nothing is sent. */
export interface Latch {
  /** The refusal that stopped the client, or undefined. */
  readonly latched: () => RefusedError | undefined;
  /** Stops the client, and tells. The first refusal stays, and is told once. */
  readonly stop: (refusal: RefusedError) => void;
  /** Stops the client by what stopped another one: nobody is told. */
  readonly latch: (refusal: RefusedError) => void;
  readonly reset: () => void;
}

/** Makes the latch of a client, stopped already where an earlier client was. */
export function createLatch({
  latched: refused,
  onLatch,
}: Pick<ClientOptions, "latched" | "onLatch">): Latch {
  return {
    latched: () => refused,
    stop: (refusal) => {
      if (refused !== undefined) return;
      refused = refusal;
      tell(onLatch, refusal);
    },
    latch: (refusal) => {
      refused ??= refusal;
    },
    reset: () => {
      refused = undefined;
    },
  };
}
