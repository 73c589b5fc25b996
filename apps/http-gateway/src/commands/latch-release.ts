import { releaseLatch } from "../latch.ts";
import { openStore } from "../store/open.ts";
import type { Command } from "./command.ts";
import { configured } from "./configured.ts";

/** Lets the gateways of a store call mesibo again. */
export const latchRelease: Command = {
  summary: "call mesibo again after a refused token was put right",
  options: {},
  run: async ({ variables }) => {
    const store = await openStore(configured(variables).database);
    try {
      const released = await releaseLatch(store, Date.now());
      process.stdout.write(released ? "The latch is released.\n" : "There was no latch.\n");
      return 0;
    } finally {
      await store.close();
    }
  },
};
