import {
  MAX_BATCH_ADDRESSES,
  MembersError,
  type Address,
  type Gid,
  type Member,
  type MembersProgress,
  type MembersReport,
  type Permissions,
} from "@mesibo-groups/core";
import type { Context } from "../command.ts";
import { partKey } from "../idempotency.ts";
import { permissionWords } from "./member-data.ts";

/** Members to give permissions, or, without permissions, to remove. */
export interface Edit {
  readonly addresses: readonly Address[];
  readonly permissions?: Permissions;
  /** Through a gateway: done once, however often it is asked for. */
  readonly idempotencyKey?: string | undefined;
}

/** Edits that are done once with a key, each with one of its own. */
export const withKey = (edits: readonly Edit[], key: string | undefined): readonly Edit[] =>
  edits.map((edit, index) => ({ ...edit, idempotencyKey: partKey(key, index + 1) }));

/** Edits that give each member their own permissions: one for each set of permissions, in order. */
export function editsOf(members: readonly Member[]): readonly Edit[] {
  const edits = new Map<string, { readonly addresses: Address[]; readonly permissions: Permissions }>();
  for (const { address, permissions } of members) {
    const key = permissionWords(permissions);
    const edit = edits.get(key) ?? { addresses: [], permissions };
    edit.addresses.push(address);
    edits.set(key, edit);
  }
  return [...edits.values()];
}

const nothing: MembersReport = { done: [], refused: [], unknown: [], notSent: [], calls: 0 };

const joined = (a: MembersReport, b: MembersReport): MembersReport => ({
  done: [...a.done, ...b.done],
  refused: [...a.refused, ...b.refused],
  unknown: [...a.unknown, ...b.unknown],
  notSent: [...a.notSent, ...b.notSent],
  calls: a.calls + b.calls,
  stoppedBy: a.stoppedBy ?? b.stoppedBy,
});

const progressLine = ({ done, refused, unknown, total, calls }: MembersProgress): string =>
  `${done} of ${total} done, ${refused} refused, ${unknown} unknown, ${calls} calls`;

/**
 * Makes edits one after the other, and tells what became of each address. Where an answer is missing or nothing can
 * be sent, the edits that follow are not begun.
 */
export async function editMembers(
  { connection, signal, say }: Pick<Context, "connection" | "signal" | "say">,
  gid: Gid,
  edits: readonly Edit[],
): Promise<MembersReport> {
  const { members } = (await connection()).client;
  const onProgress = (progress: MembersProgress): void => {
    if (progress.total > MAX_BATCH_ADDRESSES) say(progressLine(progress));
  };
  let report = nothing;
  for (const { addresses, permissions, idempotencyKey } of edits) {
    if (report.unknown.length + report.notSent.length > 0) {
      report = joined(report, { ...nothing, notSent: addresses });
      continue;
    }
    const options = { signal, onProgress, idempotencyKey };
    const made =
      permissions === undefined
        ? members.remove({ gid, addresses }, options)
        : members.add({ gid, addresses, permissions }, options);
    report = joined(
      report,
      await made.catch((error: unknown) => {
        if (error instanceof MembersError) return error.report;
        throw error;
      }),
    );
  }
  return report;
}
