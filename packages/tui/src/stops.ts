import type { BulkEffect, ReadingEffect } from "./state/effects.ts";

/** What can be stopped on its way. */
type Stoppable = BulkEffect | ReadingEffect;

/** Ways to stop what runs. */
export interface Stops {
  /** Fires when a job shall start no further call, or a question is dropped. */
  readonly signal: (effect: Stoppable) => AbortSignal;
  readonly stop: (effect: Stoppable) => void;
}

/** Makes a place for the signals; each is forgotten with its effect. */
export function createStops(): Stops {
  const controllers = new WeakMap<Stoppable, AbortController>();
  const controllerOf = (effect: Stoppable): AbortController => {
    const controller = controllers.get(effect) ?? new AbortController();
    controllers.set(effect, controller);
    return controller;
  };
  return {
    signal: (effect) => controllerOf(effect).signal,
    stop: (effect) => controllerOf(effect).abort(),
  };
}
