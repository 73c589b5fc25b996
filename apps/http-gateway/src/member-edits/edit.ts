import type { Address, Permissions, Sent } from "@mesibo-groups/core";
import { problemBody, type ProblemError, type UpstreamRefusal } from "../problem.ts";

/** One address of a list of members to edit. */
export interface MemberEdit {
  readonly address: Address;
  /** Undefined removes the member. */
  readonly permissions: Permissions | undefined;
}

/** What has become of an edit for good. */
export const editOutcomes = [
  "added",
  "updated",
  "unchanged",
  "removed",
  "refused",
  "unknown",
  "skipped",
] as const;

/** What has become of an edit for good. */
export type EditOutcome = (typeof editOutcomes)[number];

/** What has become of an edit that mesibo has done. */
export const doneOutcomes = ["added", "updated", "unchanged", "removed"] as const;

/** How far an edit has come: `sending` may be on its way to mesibo, `pending` is not. */
export const editStatuses = ["pending", "sending", ...editOutcomes] as const;

/** How far an edit has come. */
export type EditStatus = (typeof editStatuses)[number];

/** Why an edit was not done, or may not have been. */
export interface EditProblem {
  readonly type: string;
  readonly title: string;
  readonly detail: string;
  readonly sent: Sent;
  readonly upstream?: UpstreamRefusal | undefined;
  /** False where the calls to spend ran out before the address was tried by itself: another one may be at fault. */
  readonly isolated?: false | undefined;
}

/** An edit in its place, with what is known of it. */
export interface EditItem extends MemberEdit {
  /** From 0. */
  readonly position: number;
  readonly status: EditStatus;
  readonly problem: EditProblem | undefined;
  /** An id of the moment when it was sent last. Undefined before that. */
  readonly sent?: string | undefined;
}

/** The problem of one edit, without what is the request's. */
export function editProblem(
  problem: ProblemError,
  { isolated }: { readonly isolated: boolean },
): EditProblem {
  const { type, title, detail, sent, upstream } = problemBody(problem, "");
  return {
    type,
    title,
    detail,
    sent,
    ...(upstream === undefined ? {} : { upstream }),
    ...(isolated ? {} : { isolated }),
  };
}

const names = ["send", "receive", "publish", "subscribe", "list"] as const;

/** Permissions as the bits of a row. */
export const permissionBits = (permissions: Permissions): number =>
  names.reduce((bits, name, index) => bits + (permissions[name] ? 2 ** index : 0), 0);

/** Permissions from the bits of a row. */
export function readPermissionBits(bits: number): Permissions {
  const [send, receive, publish, subscribe, list] = names.map((_, index) => ((bits >> index) & 1) === 1);
  return {
    send: send === true,
    receive: receive === true,
    publish: publish === true,
    subscribe: subscribe === true,
    list: list === true,
  };
}
