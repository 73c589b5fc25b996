import { command } from "../command.ts";
import { readGroupsFile } from "../plan/groups-file.ts";
import { isChange, planGroups } from "../plan/plan.ts";
import { planLines, stepData } from "../plan/plan-data.ts";
import { groupsFileArgument } from "../plan/argument.ts";

/** Says what `groups apply` would do. */
export const groupsPlan = command({
  args: [groupsFileArgument],
  options: {},
  run: async (invocation) => {
    const wanted = await readGroupsFile(await invocation.read(invocation.given.get("file") ?? "-"));
    const steps = await planGroups(invocation, wanted);
    const changes = steps.filter(isChange);
    return {
      data: { changes: changes.length, groups: steps.map(stepData) },
      rows: steps.map(stepData),
      text: planLines(steps),
      exit: changes.length > 0 ? "changes" : "done",
    };
  },
});
