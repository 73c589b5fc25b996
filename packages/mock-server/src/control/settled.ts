import { ControlProblem } from "./problem.ts";
import type { ControlContext } from "./route.ts";

const notKept = ({ message }: Error): string =>
  `The data file cannot be written (${message}), so what was done may be gone after a restart. Make room, and start the mock again.`;

/** Waits until everything so far is kept. */
export const settled = ({ worlds }: Pick<ControlContext, "worlds">): Promise<void> =>
  new Promise((resolve, reject) => {
    worlds.recorder.settle((error) => {
      if (error === undefined) resolve();
      else reject(new ControlProblem("not-kept", notKept(error)));
    });
  });
