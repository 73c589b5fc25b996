import { releaseLatch } from "../latch.ts";
import type { Command } from "./command.ts";
import { withStore } from "./with-store.ts";

/** Lets the gateways of a store call mesibo again. */
export const latchRelease: Command = {
  summary: "call mesibo again after a refused token was put right",
  options: {},
  run: async ({ variables }) => {
    // Not beside a gateway with the same file, which would not hear of it.
    const options = { beside: false };
    const released = await withStore(variables, (store) => releaseLatch(store, Date.now()), options);
    process.stdout.write(released ? "The latch is released.\n" : "There was no latch.\n");
    return 0;
  },
};
