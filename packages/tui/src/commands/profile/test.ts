import { command } from "../command.ts";
import { CommandError } from "../command-error.ts";
import { table } from "../print.ts";
import { testSteps } from "./test-steps.ts";

/** Tests a profile. */
export const profileTest = command({
  args: [
    {
      name: "name",
      about: "a profile of config.json; without it the one that would be used",
      optional: true,
    },
  ],
  options: {},
  run: async ({ around, given, profile, tokenStdin }) => {
    const { good, steps } = await testSteps({ around, profile: given.get("name") ?? profile, tokenStdin });
    const shown = steps.map(({ name, value, state }) => ({ name, value, state }));
    const failed = steps.find(({ state }) => state === "wrong");
    return {
      data: { good, steps: shown },
      rows: shown,
      text: await table(
        ["step", "state", "found"],
        steps.map(({ name, state, value }) => [name, state, value]),
      ),
      ...(failed === undefined ? {} : { error: new CommandError(failed.fault ?? "usage", failed.value) }),
    };
  },
});
