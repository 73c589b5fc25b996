import type { State } from "./state/model.ts";
import type { Event } from "./state/update.ts";

/** What was listed longer ago than this, in milliseconds, is called stale. */
const FRESH_MS = 60_000;

/** Milliseconds between two looks at a mock that is in front. */
const WATCH_MS = 1_000;

/** How long, in milliseconds, a second `ctrl+c` counts as the second. */
const INTERRUPT_MS = 2_000;

/** What happens by itself because time goes by. */
export interface Clocks {
  /** Sets what runs, as the state after a change needs it. */
  readonly set: (before: State, next: State) => void;
}

/** What clocks tell, and whether a look at the mock is on its way: then no other begins. */
export interface ClockOptions {
  readonly dispatch: (event: Event) => void;
  readonly isLooking: () => boolean;
}

/** Makes the clocks of a program. None of them keeps the process. */
export function createClocks({ dispatch, isLooking }: ClockOptions): Clocks {
  let aging: NodeJS.Timeout | undefined;
  let interrupted: NodeJS.Timeout | undefined;
  let watching: NodeJS.Timeout | undefined;

  /** Looks at the mock again and again while it is in front. */
  function watch({ screen, quit }: State): void {
    const isInFront = screen.kind === "mock" && !quit;
    if (isInFront === (watching !== undefined)) return;
    clearInterval(watching);
    watching = isInFront
      ? setInterval(() => {
          if (!isLooking()) dispatch({ kind: "watch_due" });
        }, WATCH_MS).unref()
      : undefined;
  }

  return {
    set: (before, next) => {
      if (next.interrupts === 1 && before.interrupts === 0) {
        clearTimeout(interrupted);
        interrupted = setTimeout(() => dispatch({ kind: "interrupt_over" }), INTERRUPT_MS).unref();
      }
      const { asOf } = next.data.groups ?? {};
      if (asOf !== undefined && asOf !== before.data.groups?.asOf) {
        clearTimeout(aging);
        aging = setTimeout(() => dispatch({ kind: "aged", asOf }), FRESH_MS).unref();
      }
      watch(next);
    },
  };
}
