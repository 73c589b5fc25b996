import { permissionNames, type Permissions } from "@mesibo-groups/core";
import { plural } from "../text/words.ts";
import {
  isMembersEffect,
  isMutation,
  type Answer,
  type Effect,
  type Failure,
  type MembersEffect,
  type Mutation,
} from "./effects.ts";
import type { Job, State } from "./model.ts";

/** Jobs that are remembered. */
const MAX_JOBS = 1000;

/** The number of the first job; three digits, so that none is typed by accident. */
const FIRST_ID = 101;

const memberVerbs = { add_members: "add", set_permissions: "change", remove_members: "remove" } as const;

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
  }
}

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

/** How an answer ended the job of its effect: no failure where it is done. Undefined for other answers. */
export function endOf(
  answer: Answer,
): { readonly effect: Effect; readonly failure: Failure | undefined } | undefined {
  switch (answer.kind) {
    case "groups_listed":
    case "members_listed":
      return undefined;
    case "group_created":
    case "group_edited":
    case "group_deleted":
      return { effect: answer.effect, failure: undefined };
    case "members_edited":
      return { effect: answer.effect, failure: answer.outcome.failure };
    case "failed":
      return answer;
  }
}

/** The state with the job ended that an answer is about. */
export function withJobEnded(state: State, answer: Answer): State {
  const end = endOf(answer);
  if (end === undefined) return state;
  const { effect, failure } = end;
  const jobs = state.jobs.map((job) =>
    job.effect === effect
      ? { ...job, outcome: failure?.outcome ?? ("done" as const), text: failure?.text ?? "" }
      : job,
  );
  return { ...state, jobs };
}

/** Whether a member of a group is as an edit wanted it. */
function isAsWanted(effect: MembersEffect, permissions: Permissions | undefined): boolean {
  if (effect.kind === "remove_members") return permissions === undefined;
  return (
    permissions !== undefined &&
    permissionNames.every((name) => permissions[name] === effect.permissions[name])
  );
}

function lookedUp(job: Job, answer: Extract<Answer, { kind: "members_listed" }>): Job {
  const { effect } = job;
  if (!isOpen(job) || !isMembersEffect(effect) || effect.gid !== answer.gid) return job;
  const has = new Map(answer.members.map(({ address, permissions }) => [address, permissions]));
  const there = effect.addresses.filter((address) => isAsWanted(effect, has.get(address))).length;
  if (there === effect.addresses.length) return { ...job, resolution: "there" };
  return there === 0 ? { ...job, resolution: "not_there" } : job;
}

/** The state with what a list of members tells of edits whose outcome is unknown. */
export function withLookup(state: State, answer: Extract<Answer, { kind: "members_listed" }>): State {
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
