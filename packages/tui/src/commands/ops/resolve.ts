import { command } from "../command.ts";
import { usage } from "../command-error.ts";
import type { Resolution } from "../../operation.ts";
import { readGid } from "../gid.ts";
import { openKeeper } from "./open-keeper.ts";
import { operationArgument, operationId } from "./operation.ts";

const outcomes = ["happened", "did_not_happen", "retried"] as const;

interface Said {
  readonly outcome?: string | undefined;
  readonly gid?: string | undefined;
  readonly "accept-duplicate-risk"?: boolean | undefined;
}

function resolutionOf({ outcome, gid, "accept-duplicate-risk": risk }: Said): Resolution {
  const plain = outcomes.find((known) => known === outcome?.replaceAll("-", "_"));
  if (plain === undefined)
    throw usage(`--outcome must be one of ${outcomes.join(", ")}, not ${JSON.stringify(outcome ?? "")}.`);
  if (gid !== undefined && plain !== "happened")
    throw usage("--gid tells which group was made, so it goes with --outcome happened alone.");
  if (risk === true && plain !== "retried")
    throw usage("--accept-duplicate-risk is about sending again, so it goes with --outcome retried alone.");
  switch (plain) {
    case "happened":
      return { outcome: plain, ...(gid === undefined ? {} : { gid: readGid(gid) }) };
    case "did_not_happen":
      return { outcome: plain };
    case "retried":
      return { outcome: plain, ...(risk === true ? { accept_duplicate_risk: true } : {}) };
  }
}

/** Settles an operation whose outcome is unknown. */
export const opsResolve = command({
  args: [operationArgument],
  options: {
    outcome: {
      type: "string",
      value: "outcome",
      choices: outcomes,
      about: "happened or did_not_happen, as you have seen; retried asks mesibo once more",
    },
    gid: {
      type: "string",
      value: "gid",
      about: "the group that a create turned out to have made, for a gateway's list",
    },
    "accept-duplicate-risk": {
      type: "boolean",
      about: "retry what may be done twice by that, as a create: mesibo makes another group each time",
    },
  },
  changes: true,
  run: async (invocation) => {
    const { given, values, dryRun } = invocation;
    const id = operationId(given.get("id"));
    const resolution = resolutionOf(values);
    if (dryRun)
      return {
        data: { dry_run: true, would: { resolve: id, ...resolution } },
        text: [`would settle ${id}: ${JSON.stringify(resolution)}`],
      };
    const operation = await (await openKeeper(invocation, true)).resolve(id, resolution);
    return { data: { operation }, text: [`${operation.id} is ${operation.state}`] };
  },
});
