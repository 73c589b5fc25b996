import { shaped } from "../../control/ask.ts";
import { worldSchema } from "../../control/schemas.ts";
import { command } from "../command.ts";
import { readJsonFile } from "../read-json.ts";
import { openMock } from "./ask-mock.ts";
import { worldWords } from "./reset.ts";

/** Adds users and groups to a mock's world. */
export const mockSeed = command({
  args: [{ name: "seed", about: "demo, or a JSON file with users and groups; - is stdin" }],
  options: {},
  changes: true,
  run: async (invocation) => {
    const name = invocation.given.get("seed") ?? "";
    const body = name === "demo" ? name : await readJsonFile(invocation, name);
    if (invocation.dryRun)
      return { data: { dry_run: true, would: { seed: body } }, text: [`would seed the world with ${name}`] };
    const { text, world } = await openMock(invocation, true);
    const answer = await text({ method: "POST", changes: true, path: `${world}/seed`, body });
    const now = shaped(worldSchema, answer);
    return { data: { seeded: true, world: now }, text: [`seeded: ${worldWords(now)}`] };
  },
});
