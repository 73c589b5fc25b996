import { command } from "../command.ts";
import { usage } from "../command-error.ts";
import { openGateway } from "../gateway/ask-gateway.ts";
import { readGid } from "../gid.ts";
import { operationArgument, operationIn, operationPath } from "./operation.ts";

const outcomes = ["happened", "did_not_happen", "retried"] as const;

interface Said {
  readonly outcome?: string | undefined;
  readonly gid?: string | undefined;
  readonly "accept-duplicate-risk"?: boolean | undefined;
}

function resolutionOf({ outcome, gid, "accept-duplicate-risk": risk }: Said): object {
  const plain = outcome?.replaceAll("-", "_");
  if (!outcomes.some((known) => known === plain))
    throw usage(`--outcome must be one of ${outcomes.join(", ")}, not ${JSON.stringify(outcome ?? "")}.`);
  if (gid !== undefined && plain !== "happened")
    throw usage("--gid tells which group was made, so it goes with --outcome happened alone.");
  return {
    outcome: plain,
    ...(gid === undefined ? {} : { gid: readGid(gid) }),
    ...(risk === true ? { accept_duplicate_risk: true } : {}),
  };
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
    gid: { type: "string", value: "gid", about: "the group that a create turned out to have made" },
    "accept-duplicate-risk": {
      type: "boolean",
      about: "retry a create although mesibo makes a second group if the first one is there after all",
    },
  },
  changes: true,
  run: async (invocation) => {
    const { given, values, dryRun } = invocation;
    const path = operationPath(given.get("id"));
    const body = resolutionOf(values);
    if (dryRun)
      return {
        data: { dry_run: true, would: { resolve: given.get("id"), ...body } },
        text: [`would settle ${given.get("id") ?? ""}: ${JSON.stringify(body)}`],
      };
    const ask = await openGateway(invocation, true);
    const operation = operationIn(await ask({ method: "POST", path: `${path}/resolutions`, body }));
    return { data: { operation }, text: [`${operation.id} is ${operation.state}`] };
  },
});
