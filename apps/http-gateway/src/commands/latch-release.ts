import { releaseLatch } from "../latch.ts";
import type { Command } from "./command.ts";
import { withStoreAlone } from "./with-store.ts";

/** Lets the gateways of a store call mesibo again. */
export const latchRelease: Command = {
  summary: "call mesibo again after a refused token was put right",
  options: {},
  run: async ({ variables }) => {
    const released = await withStoreAlone(variables, (store) => releaseLatch(store, Date.now()));
    process.stdout.write(released ? "The latch is released.\n" : "There was no latch.\n");
    return 0;
  },
};
