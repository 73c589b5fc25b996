import type { Address, Gid, MemberFailure, MembersReport } from "@mesibo-groups/core";
import type { Put } from "../../bulk/edit.ts";
import { failuresCsv } from "../../bulk/report.ts";
import type { Failed, JobResult } from "../../bulk/result.ts";
import { makeUsers } from "../../bulk/users.ts";
import { isStranger } from "../../failure.ts";
import { command, type Context } from "../command.ts";
import { usage } from "../command-error.ts";
import { gidArgument, readGid } from "../gid.ts";
import { idempotencyKeyOf, idempotencyOption } from "../idempotency.ts";
import { plural } from "../../text/words.ts";
import { editMembers, editsOf, withKey } from "./edit-members.ts";
import { permissionWords } from "./member-data.ts";
import { membersReport } from "./members-report.ts";
import { wantedMembers } from "./wanted-members.ts";

/** The report as a list of what is left to do, for the file of `--retry-failures`. */
function leftOver(
  wanted: readonly Put[],
  { done, refused, unknown, notSent, calls }: MembersReport,
): JobResult {
  const made = new Set(done);
  const puts = new Map(wanted.map((put) => [put.address, put]));
  const failed = (address: Address, reason: string): readonly Failed[] => {
    const edit = puts.get(address);
    return edit === undefined ? [] : [{ edit, reason }];
  };
  const failures = (of: readonly MemberFailure[]): readonly Failed[] =>
    of.flatMap(({ address, error }) => failed(address, error.message));
  return {
    done: wanted.filter(({ address }) => made.has(address)),
    refused: failures(refused),
    unknown: failures(unknown),
    notSent: notSent.flatMap((address) => failed(address, "not sent")),
    calls,
  };
}

/** Makes users of those who were refused for being none, and adds them. Who still is none stays refused. */
async function addStrangers(
  context: Context,
  { gid, wanted }: { readonly gid: Gid; readonly wanted: readonly Put[] },
  report: MembersReport,
): Promise<MembersReport> {
  const strangers = new Set(report.refused.filter(isStranger).map(({ address }) => address));
  // What is not known is settled first.
  if (strangers.size === 0 || report.unknown.length + report.notSent.length > 0) return report;
  const { client } = await context.connection();
  const edits = wanted.filter(({ address }) => strangers.has(address));
  const { made, refused, notSent, calls } = await makeUsers({ client, edits }, { stop: context.signal });
  for (const { edit, reason } of [...refused, ...notSent]) context.say(`${edit.address}: ${reason}`);
  context.say(`Made ${plural(made.length, "user")}.`);
  const are = new Set(made.map(({ address }) => address));
  const again = edits.filter(({ address }) => are.has(address));
  const more = await editMembers(context, gid, editsOf(again));
  return {
    done: [...report.done, ...more.done],
    refused: [...report.refused.filter(({ address }) => !are.has(address)), ...more.refused],
    unknown: more.unknown,
    notSent: more.notSent,
    calls: report.calls + calls + more.calls,
    stoppedBy: more.stoppedBy,
  };
}

/** Adds the members of a list, and removes none. */
export const membersImport = command({
  args: [
    gidArgument,
    {
      name: "file",
      about: "addresses, one a line, or CSV (address,send,receive,publish,subscribe,list); - is stdin",
    },
  ],
  options: {
    "create-users": {
      type: "boolean",
      about: "make users of those who are none, and add them; mesibo may count them as active",
    },
    "retry-failures": {
      type: "string",
      value: "file",
      about: "write who was not added to this file, as a list to import again",
    },
    ...idempotencyOption,
  },
  changes: true,
  run: async (invocation) => {
    const { given, values, dryRun, say, write } = invocation;
    const gid = readGid(given.get("gid"));
    const wanted = await wantedMembers(invocation, given.get("file") ?? "-");
    const edits = editsOf(wanted);
    if (dryRun) {
      return {
        data: {
          dry_run: true,
          would: {
            op: "groupeditmembers",
            gid,
            members: wanted.map(({ address, permissions }) => ({ address, permissions })),
            remove: false,
          },
        },
        text: wanted.map(
          ({ address, permissions }) => `would add ${address}: ${permissionWords(permissions)}`,
        ),
      };
    }
    const creates = values["create-users"] === true;
    const connection = await invocation.connection();
    const key = idempotencyKeyOf(values, connection);
    if (creates && connection.kind === "gateway")
      throw usage("--create-users is for mesibo and a mock: a gateway makes no users. Nothing was sent.");
    const added = await editMembers(invocation, gid, withKey(edits, key));
    const report = creates ? await addStrangers(invocation, { gid, wanted }, added) : added;
    const file = values["retry-failures"];
    if (file !== undefined) {
      const left = leftOver(wanted, report);
      await write(file, failuresCsv(left));
      say(
        `Wrote ${plural(left.refused.length + left.unknown.length + left.notSent.length, "member")} to ${file}.`,
      );
    }
    return membersReport({ gid, report, did: "imported" });
  },
});
