import {
  encodeFlags,
  formatFlags,
  type Effective,
  type GroupFlags,
  type Permissions,
  type Rule,
  type Verdict,
} from "@mesibo-groups/core";
import type { KnownGroup } from "./directory/groups.ts";
import type { KnownMember } from "./directory/members.ts";
import type { Operation } from "./operations/operation.ts";
import type { GroupView } from "./schemas/group.ts";
import { progress as readProgress } from "./member-edits/job.ts";
import type { MemberView } from "./schemas/member.ts";
import type { OperationView } from "./schemas/operation.ts";

/** Flags as an answer shows them. Contradictory bits are in the word beside them. */
export function viewFlags({ send, receive, store, loopback, other }: GroupFlags): GroupView["flags"] {
  return { send, receive, store, loopback, other };
}

/** A moment as an answer shows it. */
export const viewTime = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** A group as an answer shows it. */
export function viewGroup(group: KnownGroup): GroupView {
  const { gid, name, flags, expiresAt, expiryExtension, active, version, source, createdAt, observedAt } =
    group;
  return {
    gid,
    name,
    flags: viewFlags(flags),
    flag: encodeFlags(flags),
    flag_hex: formatFlags(flags, "hex"),
    expires_at: viewTime(expiresAt),
    expiry_extension_seconds: expiryExtension,
    active,
    source,
    created_at: viewTime(createdAt),
    observed_at: viewTime(observedAt),
    version,
  };
}

/** Permissions as an answer shows them: the five, and nothing that a listing may carry besides. */
export function viewPermissions({ send, receive, publish, subscribe, list }: Permissions): Permissions {
  return { send, receive, publish, subscribe, list };
}

/** A member as an answer shows them. */
export function viewMember({
  gid,
  address,
  permissions,
  source,
  observedAt,
  version,
}: KnownMember): MemberView {
  return {
    gid,
    address,
    permissions: viewPermissions(permissions),
    source,
    observed_at: viewTime(observedAt),
    version,
  };
}

/** An operation as an answer shows it. */
export function viewOperation(operation: Operation): OperationView {
  const { id, kind, state, actor, requestId, traceId, gid, request, answer, resolution } = operation;
  const { progress, cancelAskedAt, createdAt, endedAt } = operation;
  return {
    id,
    kind,
    state,
    actor,
    request_id: requestId,
    trace_id: traceId ?? null,
    gid: gid ?? null,
    request,
    progress: progress === undefined ? null : readProgress.parse(progress),
    cancel_asked_at: cancelAskedAt === undefined ? null : viewTime(cancelAskedAt),
    answer: answer === undefined ? null : { status: answer.status, body: answer.body ?? null },
    resolution:
      resolution === undefined
        ? null
        : {
            outcome: resolution.outcome,
            gid: resolution.gid ?? null,
            by: resolution.by,
            at: viewTime(resolution.at),
          },
    created_at: viewTime(createdAt),
    ended_at: endedAt === undefined ? null : viewTime(endedAt),
  };
}

/** A rule as an answer shows it. */
export const viewRule = ({ id, sentence, source, confidence }: Rule) => ({
  rule: id,
  sentence,
  source,
  confidence,
});

const viewVerdict = ({ allowed, rule }: Verdict) => ({ allowed, ...viewRule(rule) });

/** What somebody may really do, as an answer shows it. */
export function viewEffective(verdicts: Effective) {
  const { send, receive, publish, subscribe, list } = verdicts;
  return {
    send: viewVerdict(send),
    receive: viewVerdict(receive),
    publish: viewVerdict(publish),
    subscribe: viewVerdict(subscribe),
    list: viewVerdict(list),
  };
}
