import type { Gid, Permissions } from "@mesibo-groups/core";
import type { Edit } from "../bulk/edit.ts";
import type { JobResult } from "../bulk/result.ts";
import { samePermissions } from "../bulk/same.ts";
import { resultWords } from "../bulk/words.ts";
import { plural } from "../text/words.ts";
import { endedBulk, outcomeOf } from "./bulk-job.ts";
import { isMembersEffect, isMutation, type BulkEffect, type Effect, type Mutation } from "./effects.ts";
import type { Failure, ServerAnswer } from "./events.ts";
import type { Job, State } from "./model.ts";

/** Jobs that are remembered. */
const MAX_JOBS = 1000;

/** The number of the first job; three digits, so that none is typed by accident. */
const FIRST_ID = 101;

const memberVerbs = { add_members: "add", set_permissions: "change", remove_members: "remove" } as const;

function bulkTitle({ gid, plan, makeUsers, follows }: BulkEffect): string {
  const members = plural(plan.members, "member");
  if (follows?.as === "undo") return `take job ${follows.job} back: ${members} of group ${gid}`;
  if (follows?.as === "retry") return `send the rest of job ${follows.job}: ${members} of group ${gid}`;
  if (makeUsers) return `make ${plural(plan.members, "user")} and add them to group ${gid}`;
  return `add ${members} to group ${gid}`;
}

/** What a job does, in a few words. */
export function jobTitle(effect: Mutation): string {
  switch (effect.kind) {
    case "create_group":
      return `create the group ${JSON.stringify(effect.name)}`;
    case "edit_group":
      return `write group ${effect.gid}`;
    case "delete_group":
      return `delete group ${effect.gid}`;
    case "add_members":
    case "set_permissions":
    case "remove_members":
      return `${memberVerbs[effect.kind]} ${plural(effect.addresses.length, "member")} of group ${effect.gid}`;
    case "run_bulk":
      return bulkTitle(effect);
    case "send_edited":
      return `send an edited ${effect.call.op}`;
  }
}

/** What became known of an unknown outcome, as a sentence. */
export const resolutionWords = {
  happened: "You have said that it did happen.",
  not_happened: "You have said that it did not happen.",
  repeated: "It was sent again.",
  there: "The server's list of members has the change.",
  not_there: "The server's list of members does not have the change.",
} satisfies Record<NonNullable<Job["resolution"]>, string>;

/** Whether a job may have happened and nobody has said yet what became of it. */
export const isOpen = ({ outcome, resolution }: Job): boolean =>
  outcome === "unknown" && resolution === undefined;

/** The state with a job for each change that is on its way to the server, newest first. */
export function withJobs(state: State, effects: readonly Effect[]): State {
  const mutations = effects.filter(isMutation);
  if (mutations.length === 0) return state;
  const next = (state.jobs[0]?.id ?? FIRST_ID - 1) + 1;
  const listed = new Set(state.data.groups?.groups.map(({ gid }) => gid));
  const made = mutations.map((effect, index): Job => ({
    id: next + index,
    effect,
    outcome: "running",
    text: "",
    listed,
    resolution: undefined,
  }));
  return { ...state, jobs: [...made.toReversed(), ...state.jobs].slice(0, MAX_JOBS) };
}

interface End {
  readonly effect: Effect;
  readonly failure: Failure | undefined;
  readonly result?: JobResult | undefined;
}

function bulkEnd({ effect, result }: Extract<ServerAnswer, { kind: "bulk_ended" }>): End {
  const outcome = outcomeOf(result);
  const failure =
    outcome === "done"
      ? undefined
      : { outcome, text: resultWords(result), operation: result.unknown[0]?.operation };
  return { effect, result, failure };
}

/** How an answer ended the job of its effect: no failure where it is done. Undefined for other answers. */
export function endOf(answer: ServerAnswer): End | undefined {
  switch (answer.kind) {
    case "groups_listed":
    case "members_listed":
    case "reading_stopped":
    case "file_read":
    case "failures_saved":
    case "copied":
    case "not_copied":
    case "exported":
    case "not_exported":
    case "handed_over":
    case "not_handed_over":
      return undefined;
    case "group_created":
    case "group_edited":
    case "group_deleted":
    case "edited_sent":
      return { effect: answer.effect, failure: undefined };
    case "members_edited":
      return { effect: answer.effect, failure: answer.outcome.failure };
    case "bulk_ended":
      return bulkEnd(answer);
    case "failed":
      return answer;
  }
}

/** The state with the job ended that an answer is about. */
export function withJobEnded(state: State, answer: ServerAnswer): State {
  const end = endOf(answer);
  if (end === undefined) return state;
  const { effect, failure, result } = end;
  const jobs = state.jobs.map((job) =>
    job.effect === effect
      ? {
          ...job,
          outcome: failure?.outcome ?? ("done" as const),
          text: failure?.text ?? "",
          operation: failure?.operation,
          result,
        }
      : job,
  );
  return { ...state, jobs };
}

/** Whether a member of a group is as an edit wanted it. */
function isAsWanted(edit: Edit, permissions: Permissions | undefined): boolean {
  if (edit.kind === "remove") return permissions === undefined;
  return permissions !== undefined && samePermissions(permissions, edit.permissions);
}

/** The edits of a job that may have happened, with their group. */
function doubtOf(job: Job): { readonly gid: Gid; readonly edits: readonly Edit[] } | undefined {
  const { effect } = job;
  const bulk = endedBulk(job);
  if (bulk !== undefined) return { gid: bulk.effect.gid, edits: bulk.result.unknown.map(({ edit }) => edit) };
  if (!isMembersEffect(effect)) return undefined;
  const edits = effect.addresses.map((address): Edit => {
    if (effect.kind === "remove_members") return { kind: "remove", line: undefined, address };
    return { kind: "put", line: undefined, address, permissions: effect.permissions };
  });
  return { gid: effect.gid, edits };
}

function lookedUp(job: Job, answer: Extract<ServerAnswer, { kind: "members_listed" }>): Job {
  const doubt = isOpen(job) ? doubtOf(job) : undefined;
  if (doubt === undefined || doubt.gid !== answer.gid) return job;
  const { edits } = doubt;
  const has = new Map(answer.members.map(({ address, permissions }) => [address, permissions]));
  const there = edits.filter((edit) => isAsWanted(edit, has.get(edit.address))).length;
  if (there === edits.length) return { ...job, resolution: "there" };
  return there === 0 ? { ...job, resolution: "not_there" } : job;
}

/** The state with what a list of members tells of edits whose outcome is unknown. */
export function withLookup(state: State, answer: Extract<ServerAnswer, { kind: "members_listed" }>): State {
  return state.jobs.some(isOpen) ? { ...state, jobs: state.jobs.map((job) => lookedUp(job, answer)) } : state;
}

/** What the list of groups tells of a job that may have happened, as a sentence; empty where it tells nothing. */
export function evidence({ data }: State, { effect, listed }: Job): string {
  const groups = data.groups?.groups ?? [];
  if (effect.kind === "create_group") {
    const twins = groups.filter(({ gid, name }) => name === effect.name && !listed.has(gid));
    if (twins.length === 0) return "No new group of that name is listed.";
    return `Listed since: ${twins.map(({ gid }) => `group ${gid}`).join(", ")} of that name.`;
  }
  if (effect.kind === "delete_group")
    return groups.some(({ gid }) => gid === effect.gid)
      ? "It is still listed."
      : "It is not listed any more.";
  return "";
}
