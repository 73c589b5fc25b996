import { expect, onTestFinished, test } from "vitest";
import { placeKinds } from "./stores.ts";

const kinds = (await placeKinds()).filter(({ name }) => name !== "PGlite");

test.each(kinds)(
  "many groups change at once in $name, and no connection is asked while it answers",
  async ({ make }) => {
    // pg warns of a question while another one is under way, once in a process.
    const warnings: string[] = [];
    const note = ({ message }: Error): void => void warnings.push(message);
    process.on("warning", note);
    const place = await make();
    const store = await place.open();
    onTestFinished(async () => {
      process.off("warning", note);
      await store.close();
      await place.remove();
    });
    const gids = Array.from({ length: 50 }, (_, index) => index + 1);
    const done = await Promise.all(gids.map((gid) => store.inTurn(gid, async () => gid)));
    expect([done, warnings]).toEqual([gids, []]);
  },
);
