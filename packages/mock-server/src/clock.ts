/** What makes a clock what it is, in Unix seconds, to keep it and to make it again. */
export interface ClockState {
  /** Ahead of the system's time by so much. */
  readonly offset: number;
  /** Where it stands still; undefined while it runs. */
  readonly frozenAt: number | undefined;
}

/** A world's time in Unix seconds: the system's with an offset, or standing still. */
export interface Clock {
  readonly now: () => number;
  /** Seconds ahead of the system's time, now. */
  readonly ahead: () => number;
  readonly frozen: () => boolean;
  /** Sets the time; a clock that stands still stands there. Throws `TypeError` for what is no time until 9999. */
  readonly set: (now: number) => void;
  /** Moves the time by seconds, backwards too. Throws `TypeError` where that leads out of 1970 to 9999. */
  readonly advance: (seconds: number) => void;
  /** Stops the time where it is. */
  readonly freeze: () => void;
  /** Lets the time run again, from where it stood. */
  readonly release: () => void;
  readonly state: () => ClockState;
}

/** The last second of the year 9999: nobody reads a time beyond it. */
export const MAX_TIME = 253_402_300_799;

/** Whether a number is a time that a clock may show, in Unix seconds. */
export const isTime = (seconds: number): boolean => seconds >= 0 && seconds <= MAX_TIME;

/** The state of a clock that nobody has touched. */
export const systemTime: ClockState = { offset: 0, frozenAt: undefined };

/** A clock that goes on from a state; without one it is the system's. */
export function createClock(system: () => number, from: ClockState = systemTime): Clock {
  let { offset, frozenAt } = from;
  // Whole seconds: mesibo knows no others, and answers with a fraction could not be read.
  const now = (): number => Math.floor(frozenAt ?? system() + offset);
  const set = (time: number): void => {
    if (!isTime(time))
      throw new TypeError(`clock: ${time} is no time; give Unix seconds from 0 to ${MAX_TIME}.`);
    offset = time - system();
    if (frozenAt !== undefined) frozenAt = time;
  };

  return {
    now,
    ahead: () => now() - Math.floor(system()),
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
    state: () => ({ offset, frozenAt }),
  };
}
