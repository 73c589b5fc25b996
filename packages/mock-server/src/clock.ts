/** A world's time in Unix seconds: the system's with an offset, or standing still. */
export interface Clock {
  readonly now: () => number;
  readonly frozen: () => boolean;
  /** Sets the time; a clock that stands still stands there. */
  readonly set: (now: number) => void;
  /** Moves the time by seconds, backwards too. */
  readonly advance: (seconds: number) => void;
  /** Stops the time where it is. */
  readonly freeze: () => void;
  /** Lets the time run again, from where it stood. */
  readonly release: () => void;
}

/** A clock that runs with the system's until it is told otherwise. */
export function createClock(system: () => number): Clock {
  let offset = 0;
  let frozenAt: number | undefined;
  const now = (): number => frozenAt ?? system() + offset;
  const set = (time: number): void => {
    offset = time - system();
    if (frozenAt !== undefined) frozenAt = time;
  };

  return {
    now,
    frozen: () => frozenAt !== undefined,
    set,
    advance: (seconds) => {
      set(now() + seconds);
    },
    freeze: () => {
      frozenAt = now();
    },
    release: () => {
      offset = now() - system();
      frozenAt = undefined;
    },
  };
}

/** A clock of its own that shows what another shows. */
export function copyClock(clock: Clock, system: () => number): Clock {
  const copy = createClock(system);
  copy.set(clock.now());
  if (clock.frozen()) copy.freeze();
  return copy;
}
