import { stoppableHere } from "../bulk-job.ts";
import type { State } from "../model.ts";
import { droppable } from "../waiting.ts";
import { noticed, step, withDialog } from "../step.ts";
import { stopJob } from "./bulk.ts";
import type { Handler } from "./handler.ts";

const AGAIN = "ctrl+c again quits.";

/** The state with what is in front closed; the notice before the first call stays, as there is nothing behind it. */
function closed(state: State): State {
  const { dialog } = state;
  const isFirst = dialog?.kind === "notice" && dialog.profile === undefined;
  return { ...(isFirst ? state : withDialog(state, undefined)), help: undefined };
}

/** Leaving from anywhere, and stepping out of the terminal for a while. */
export const interruptActions = {
  interrupt: (state) => {
    const interrupts = state.interrupts + 1;
    if (interrupts > 1) return step({ ...state, interrupts, quit: true });
    const reading = droppable(state);
    if (reading !== undefined)
      return step(noticed({ ...state, interrupts }, "info", AGAIN), { kind: "stop_reading", reading });
    const running = state.dialog === undefined ? stoppableHere(state) : undefined;
    if (running === undefined) return step(noticed({ ...closed(state), interrupts }, "info", AGAIN));
    const stopped = stopJob({ ...state, interrupts }, running);
    const words = `${stopped.state.notice?.text ?? ""} ${AGAIN}`;
    return { ...stopped, state: noticed(stopped.state, "info", words) };
  },
  suspend: (state) => step(state, { kind: "suspend" }),
} as const satisfies Record<string, Handler>;
