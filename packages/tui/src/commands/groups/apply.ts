import { MesiboError } from "@mesibo-groups/core";
import { command, type Context } from "../command.ts";
import { usage } from "../command-error.ts";
import { operationOf } from "../../operation-of.ts";
import { exitOf } from "../failure.ts";
import { idempotencyKeyOf, idempotencyOption, partKey } from "../idempotency.ts";
import type { Exit } from "../exits.ts";
import { confirmRemoval, type Removal } from "../members/confirm-removal.ts";
import { membersData } from "../members/members-report.ts";
import { applyStep, type Applied } from "../plan/apply-step.ts";
import { groupsFileArgument } from "../plan/argument.ts";
import { readGroupsFile } from "../plan/groups-file.ts";
import { isChange, planGroups, type Step } from "../plan/plan.ts";
import { planLines, stepData } from "../plan/plan-data.ts";
import type { Report } from "../report.ts";
import { plural } from "../../text/words.ts";

function checkRemovals(
  steps: readonly Step[],
  { allowed, confirm, danger }: { readonly allowed: boolean } & Omit<Removal, "gid">,
): void {
  for (const { gid, members, present } of steps) {
    const leaving = members?.remove.map(({ address }) => address) ?? [];
    if (gid === undefined || leaving.length === 0) continue;
    if (!allowed)
      throw usage(
        `groups apply would remove ${plural(leaving.length, "member")} of ${gid}. Add --allow-removals to do it. Nothing was changed.`,
      );
    confirmRemoval({ gid, confirm, danger }, leaving, present);
  }
}

interface Made {
  readonly step: Step;
  readonly applied: Applied;
}

/** Applies steps in order; where one fails, those that follow are not begun. */
async function applySteps(
  context: Context,
  { steps, keyOf }: { readonly steps: readonly Step[]; readonly keyOf: (step: Step) => string | undefined },
): Promise<{ readonly made: readonly Made[]; readonly error: MesiboError | undefined }> {
  const made: Made[] = [];
  for (const step of steps) {
    try {
      const applied = await applyStep(context, step, keyOf(step));
      made.push({ step, applied });
      if (applied.error !== undefined) return { made, error: applied.error };
    } catch (error) {
      if (!(error instanceof MesiboError)) throw error;
      return { made, error };
    }
  }
  return { made, error: undefined };
}

// Something was done, so a refusal leaves the whole done in part. What needs more care than that keeps its code.
function exitAfter(error: MesiboError, made: readonly Made[]): Exit {
  const exit = exitOf(error);
  const changed = made.some(({ step, applied }) => step.kind !== "same" || applied.error === undefined);
  return changed && (exit === "refused" || exit === "not_sent" || exit === "not_found") ? "partial" : exit;
}

/** What became of a planned group, by its place in the plan. */
function stateOf(applied: Applied | undefined, failed: boolean): "done" | "partial" | "failed" | "not_begun" {
  if (applied === undefined) return failed ? "failed" : "not_begun";
  return applied.error === undefined ? "done" : "partial";
}

function outcome(made: readonly Made[], error: MesiboError | undefined, planned: readonly Step[]): Report {
  const failedAt = made.at(-1)?.applied.error === undefined ? made.length : -1;
  const groups = planned.map((step, index) => {
    const applied = made[index]?.applied;
    const { members } = applied ?? {};
    const operation = index === failedAt ? operationOf(error) : undefined;
    return {
      ...stepData(step),
      gid: applied?.gid ?? step.gid ?? null,
      outcome: stateOf(applied, index === failedAt),
      ...(members === undefined ? {} : { members: membersData(members) }),
      ...(operation === undefined ? {} : { operation }),
    };
  });
  return {
    data: { changes: planned.length, groups },
    rows: groups,
    text: groups.map(
      ({ outcome, action, gid, name, operation }) =>
        `${outcome} ${action} ${gid ?? "(new)"} ${name}${operation === undefined ? "" : ` (${operation})`}`,
    ),
    ...(error === undefined ? {} : { error, exit: exitAfter(error, made) }),
  };
}

/** Makes groups as a file wants them. */
export const groupsApply = command({
  args: [groupsFileArgument],
  options: {
    "allow-removals": { type: "boolean", about: "remove members who are not in the file" },
    "idempotency-key": {
      ...idempotencyOption["idempotency-key"],
      about: "through a gateway: run again with the same key and file, each group is made once",
    },
  },
  changes: true,
  run: async (invocation) => {
    const { given, values, dryRun, confirm, say, read } = invocation;
    const steps = await planGroups(invocation, await readGroupsFile(await read(given.get("file") ?? "-")));
    const planned = steps.filter(isChange);
    if (dryRun) return { data: { dry_run: true, groups: steps.map(stepData) }, text: planLines(steps) };
    for (const line of planLines(steps)) say(line);
    const connection = await invocation.connection();
    const key = idempotencyKeyOf(values, connection);
    const { danger } = connection;
    checkRemovals(planned, { allowed: values["allow-removals"] === true, confirm, danger });
    // By their places in the file, as two groups may have one name.
    const keyOf = (step: Step): string | undefined => partKey(key, steps.indexOf(step) + 1);
    const { made, error } = await applySteps(invocation, { steps: planned, keyOf });
    return outcome(made, error, planned);
  },
});
