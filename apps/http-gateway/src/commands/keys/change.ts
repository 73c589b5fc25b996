import { DEFAULT_OVERLAP_HOURS, MAX_OVERLAP_HOURS, revokeApiKey, rotateApiKey } from "../../keys/manage.ts";
import type { Command } from "../command.ts";
import { CommandError, say } from "../say.ts";
import { withStore } from "../with-store.ts";
import { environmentOf, numberOf } from "./flags.ts";
import { operatorAt, showKey } from "./told.ts";

function idOf(words: readonly string[]): string {
  const [id, ...more] = words;
  if (id === undefined || more.length > 0) {
    throw new CommandError(["Give the id of one key; mesibo-gateway keys list shows them."], 2);
  }
  return id;
}

const unknownKey = (id: string): CommandError =>
  new CommandError(
    [
      `No API key that is in use has the id ${JSON.stringify(id.slice(0, 40))}; mesibo-gateway keys list shows them.`,
    ],
    1,
  );

/** Gives a key a new secret. */
export const keysRotate: Command = {
  summary: "give an API key a new secret; the one before opens for 24 hours more (--overlap-hours)",
  words: "<id>",
  options: { env: { type: "string" }, "overlap-hours": { type: "string" }, json: { type: "boolean" } },
  run: async ({ flags, words, variables }) => {
    const asked = {
      id: idOf(words),
      env: environmentOf(flags),
      overlapHours: numberOf(flags, {
        name: "overlap-hours",
        from: 0,
        to: MAX_OVERLAP_HOURS,
        otherwise: DEFAULT_OVERLAP_HOURS,
      }),
    };
    const made = await withStore(variables, (store) => rotateApiKey(operatorAt(store), asked));
    if (made === undefined) throw unknownKey(asked.id);
    showKey(made, flags);
    return 0;
  },
};

/** Ends a key for good. */
export const keysRevoke: Command = {
  summary: "end an API key for good, on every gateway within a second",
  words: "<id>",
  options: {},
  run: async ({ words, variables }) => {
    const id = idOf(words);
    const outcome = await withStore(variables, (store) => revokeApiKey(operatorAt(store), id));
    if (outcome === "unknown") throw unknownKey(id);
    say(`key ${id} opens nothing any more.`);
    return 0;
  },
};
