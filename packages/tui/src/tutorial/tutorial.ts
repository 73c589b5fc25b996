import {
  createClient,
  describeFlags,
  effective,
  flagPresets,
  formatFlags,
  MembersError,
  noPermissions,
  route,
  type CallRecord,
} from "@mesibo-groups/core";
import { createMock } from "@mesibo-groups/mock-server";
import { failureOf } from "../failure.ts";
import { callLines, paragraph, routeLines, verdictLines } from "./lines.ts";

const users = ["member1", "member2", "member3"] as const;

/** Why a list of members was not added, in words. */
async function refusal(adding: Promise<unknown>): Promise<string> {
  const error = await adding.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  const first = error instanceof MembersError ? error.report.refused[0] : undefined;
  return first === undefined ? "" : failureOf(first.error).text;
}

/**
 * mesibo's tutorial on a mock inside this process, as plain text, line by line: three users, one group, its
 * members, who may send and who receives. The same lines every time.
 */
export async function* tutorial(): AsyncGenerator<string> {
  const records: CallRecord[] = [];
  const { token, url, fetch } = createMock();
  // The form dialect is the one that mesibo's documentation shows.
  const client = createClient({
    token,
    url,
    fetch,
    dialect: "form",
    onCall: (record) => records.push(record),
  });
  const calls = (): readonly string[] => records.splice(0).flatMap(callLines);

  yield* paragraph("mesibo-groups: the group tutorial");
  yield* paragraph(
    "Everything below really runs, on a mock mesibo server inside this program: no account and no network. " +
      "mesibo's backend API is one URL; each call names an op and carries the app token, which is secret and " +
      "is shown here as $MESIBO_APP_TOKEN.",
  );

  yield* paragraph("1. Three users. Only users of your app can be members of its groups.");
  for (const address of users) await client.users.create({ address });
  yield* calls();

  const flags = flagPresets.restricted;
  const [decimal, hex] = [formatFlags(flags, "decimal"), formatFlags(flags, "hex")];
  yield* paragraph(
    `2. One group, with a name and a flag. The flag is ${decimal}, or ${hex}: 1 for who sends and 16 for who receives.`,
  );
  yield* paragraph(describeFlags(flags), "   ");
  const { gid } = await client.groups.create({ name: "News", flags });
  yield* calls();
  yield* paragraph(`The answer carries group.gid: the new group is ${gid}.`, "   ");

  yield* paragraph(
    "3. Its members. delete=0 adds. All three may receive (cr=1), and then member1 may send as well (cs=1).",
  );
  const listener = { ...noPermissions, receive: true };
  await client.members.add({ gid, addresses: users, permissions: listener });
  await client.members.add({ gid, addresses: ["member1"], permissions: { ...listener, send: true } });
  yield* calls();

  yield* paragraph("4. A call that is refused. You can only add valid users, and nobody made member4.");
  const why = await refusal(client.members.add({ gid, addresses: ["member4"], permissions: listener }));
  yield* calls();
  yield* paragraph(`Refused, and nothing was changed: ${why}`, "   ");

  yield* paragraph(
    "5. Who may send, who receives, and why. In brackets: how sure it is that mesibo really does so.",
  );
  const members = await client.members.list({ gid });
  yield* calls();
  for (const { address, permissions } of members) yield* verdictLines(address, effective(flags, permissions));
  yield* verdictLines("anybody else", effective(flags, "non_member"));

  yield* paragraph("6. Who gets a message.");
  for (const sender of ["member1", "member2"]) {
    yield* routeLines(sender, route({ group: { flags, active: true }, members, sender }));
  }

  yield* paragraph("What next");
  yield* paragraph(
    "In a terminal, the same command opens the app on such a mock: make groups, turn the flags, add members " +
      "and see at once who may send and who receives. Press ? there for the keys.",
    "  ",
  );
  yield* paragraph(
    "For your own code: @mesibo-groups/core is the client used here, and mesibo-mock answers on a port.",
    "  ",
  );
}
