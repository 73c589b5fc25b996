import type { BulkEffect } from "./state/effects.ts";

/** Ways to stop the bulk jobs that run. */
export interface Stops {
  /** Fires when a job shall start no further call. */
  readonly signal: (bulk: BulkEffect) => AbortSignal;
  readonly stop: (bulk: BulkEffect) => void;
}

/** Makes a place for the signals of bulk jobs; each is forgotten with its job. */
export function createStops(): Stops {
  const controllers = new WeakMap<BulkEffect, AbortController>();
  const controllerOf = (bulk: BulkEffect): AbortController => {
    const controller = controllers.get(bulk) ?? new AbortController();
    controllers.set(bulk, controller);
    return controller;
  };
  return {
    signal: (bulk) => controllerOf(bulk).signal,
    stop: (bulk) => controllerOf(bulk).abort(),
  };
}
