import type { ControlContext } from "./route.ts";

/** Waits until everything so far is kept. */
export const settled = ({ worlds }: Pick<ControlContext, "worlds">): Promise<void> =>
  new Promise((resolve, reject) => {
    worlds.recorder.settle((error) => {
      if (error === undefined) resolve();
      else reject(error);
    });
  });
