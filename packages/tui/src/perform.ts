import { RefusedError, type KeyedQueue, type MembersProgress, type MembersReport } from "@mesibo-groups/core";
import { failuresCsv } from "./bulk/report.ts";
import type { Desk } from "./desk/desk.ts";
import type { Control } from "./control/control.ts";
import { failureOf, membersFailure } from "./failure.ts";
import { saveNew } from "./desk/save.ts";
import { readListFile } from "./files.ts";
import { MAX_GROUPS, MAX_MEMBERS } from "./limits.ts";
import type { Operations } from "./operation.ts";
import { performControl } from "./perform-control.ts";
import { performOperations } from "./perform-operations.ts";
import { performAtDesk } from "./perform-desk.ts";
import { editCall } from "./perform-edited.ts";
import { performBulk, type BulkPerformance } from "./perform-bulk.ts";
import { readingFailure } from "./reading-failure.ts";
import { isMembersEffect, isReading, type MembersEffect, type ServerEffect } from "./state/effects.ts";
import { isControlEffect } from "./state/control-effects.ts";
import { isOperationEffect } from "./state/operation-effects.ts";
import type { Answer } from "./state/events.ts";
import type { Stops } from "./stops.ts";
import { taskName } from "./task-name.ts";

/** What an effect is performed with. */
export interface Performance extends BulkPerformance {
  /** Members that the server lists at most. */
  readonly maxMembers: number;
  readonly answer: (answer: Answer) => void;
  readonly stops: Stops;
  /** Where deletions wait for those before them. */
  readonly enter: KeyedQueue;
  /** Where files are read and written. */
  readonly directory: string;
  readonly desk: Desk;
  /** Undefined where the server is no mock. */
  readonly control: Control | undefined;
  /** Undefined where nothing is kept. */
  readonly operations: Operations | undefined;
}

const progressWords = ({ done, refused, unknown, total }: MembersProgress): string =>
  `${done} of ${total} done, ${refused} refused, ${unknown} unknown`;

async function editMembers(effect: MembersEffect, { client, progress }: Performance): Promise<MembersReport> {
  const { gid, addresses } = effect;
  const onProgress = (made: MembersProgress): void => {
    progress(`${taskName(effect)}: ${progressWords(made)}`);
  };
  if (effect.kind === "remove_members") return client.members.remove({ gid, addresses }, { onProgress });
  return client.members.add({ gid, addresses, permissions: effect.permissions }, { onProgress });
}

/** The one queue of all deletions. */
const DELETIONS = 0;

/** Deletes a group when every deletion before is through: several go out one by one. */
async function deleteGroup(
  effect: Extract<ServerEffect, { kind: "delete_group" }>,
  { client, answer, enter }: Performance,
): Promise<void> {
  const { ready, leave } = enter(DELETIONS);
  try {
    await ready;
    await client.groups.delete(effect.gid);
    answer({ kind: "group_deleted", effect });
  } finally {
    leave();
  }
}

/** Whether a group alone was refused, and not whoever asks. */
const isAboutGid = (error: unknown): boolean =>
  error instanceof RefusedError &&
  error.kind === "refused" &&
  error.refusal.properties?.includes("gid") === true;

async function listMembers(
  effect: Extract<ServerEffect, { kind: "list_members" }>,
  { client, maxMembers, now, answer, stops }: Performance,
): Promise<void> {
  const signal = stops.signal(effect);
  for (const gid of effect.gids) {
    try {
      const members = await client.members.list({ gid, count: MAX_MEMBERS }, { signal });
      answer({ kind: "members_listed", gid, members, complete: members.length < maxMembers, at: now() });
    } catch (error) {
      if (!isAboutGid(error)) throw error;
      // One that was deleted meanwhile keeps nobody from the members of the others.
      const failed = { ...effect, gids: [gid] };
      answer({ kind: "failed", effect: failed, failure: readingFailure(error) });
    }
  }
}

async function run(effect: ServerEffect, performance: Performance): Promise<void> {
  const { client, now, answer, stops, directory } = performance;
  if (isControlEffect(effect)) {
    answer(await performControl(effect, performance));
    return;
  }
  if (isOperationEffect(effect)) {
    answer(await performOperations(effect, performance.operations));
    return;
  }
  switch (effect.kind) {
    case "list_groups": {
      const { groups, groupscount } = await client.groups.list(
        { count: MAX_GROUPS },
        { signal: stops.signal(effect) },
      );
      answer({ kind: "groups_listed", groups, total: groupscount, at: now() });
      return;
    }
    case "list_members":
      await listMembers(effect, performance);
      return;
    case "create_group": {
      const { name, flags, expiry, keepConflicts } = effect;
      const { gid } = await client.groups.create({ name, flags, expiry }, { keepConflicts });
      answer({ kind: "group_created", effect, gid });
      return;
    }
    case "edit_group": {
      const { gid, name, flags, expiry, active, keepConflicts } = effect;
      await client.groups.edit({ gid, name, flags, expiry, active }, { keepConflicts });
      answer({ kind: "group_edited", effect });
      return;
    }
    case "delete_group":
      await deleteGroup(effect, performance);
      return;
    case "add_members":
    case "set_permissions":
    case "remove_members": {
      const report = await editMembers(effect, performance);
      answer({ kind: "members_edited", effect, outcome: { report, failure: undefined } });
      return;
    }
    case "run_bulk": {
      const result = await performBulk(effect, performance, stops.signal(effect));
      answer({ kind: "bulk_ended", effect, result });
      return;
    }
    case "stop_bulk":
      stops.stop(effect.bulk);
      return;
    case "stop_reading":
      stops.stop(effect.reading);
      return;
    case "read_file":
      answer({ kind: "file_read", effect, file: await readListFile(effect.path, directory) });
      return;
    case "save_failures": {
      const { gid, job, result } = effect;
      const name = `mesibo-group-${gid}-job-${job}-failures`;
      const file = await saveNew(directory, { name: `${name}.csv`, text: failuresCsv(result) });
      answer({ kind: "failures_saved", effect, file });
      return;
    }
    case "edit_call":
      answer(await editCall(effect, performance));
      return;
    case "ask_edited":
    case "send_edited": {
      const { op, request } = effect.call;
      // What contradicts itself was shown, and sent on purpose.
      await client.call(op, request, { keepConflicts: true });
      answer({ kind: "edited_sent", effect });
      return;
    }
    case "copy":
    case "export_calls":
    case "save_list":
    case "hand_over":
      answer(await performAtDesk(effect, performance));
  }
}

/** Asks the server, and turns whatever comes of it into answers. Rejects only for a mistake of ours. */
export async function perform(effect: ServerEffect, performance: Performance): Promise<void> {
  try {
    await run(effect, performance);
  } catch (error) {
    if (isMembersEffect(effect)) {
      performance.answer({ kind: "members_edited", effect, outcome: membersFailure(error) });
    } else if (isReading(effect) && performance.stops.signal(effect).aborted) {
      performance.answer({ kind: "reading_stopped", effect });
    } else {
      performance.answer({
        kind: "failed",
        effect,
        failure: isReading(effect) ? readingFailure(error) : failureOf(error),
      });
    }
  }
}
