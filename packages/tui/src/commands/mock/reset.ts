import { shaped } from "../../control/ask.ts";
import { worldSchema, type World } from "../../control/schemas.ts";
import { plural } from "../../text/words.ts";
import { command } from "../command.ts";
import { openMock } from "./ask-mock.ts";

/** A world in a few numbers, on one line. */
export const worldWords = ({ users, groups }: World): string =>
  `${plural(users, "user")}, ${plural(groups, "group")}`;

/** Brings a mock's world back to its seed. */
export const mockReset = command({
  options: {},
  changes: true,
  run: async (invocation) => {
    if (invocation.dryRun)
      return { data: { dry_run: true, would: { reset: true } }, text: ["would reset the world"] };
    const { text, world } = await openMock(invocation, true);
    const now = shaped(worldSchema, await text({ method: "POST", changes: true, path: `${world}/reset` }));
    return { data: { reset: true, world: now }, text: [`reset: ${worldWords(now)}`] };
  },
});
