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
  type Member,
} from "@mesibo-groups/core";
import { createMock } from "@mesibo-groups/mock-server";
import { failureOf } from "./failure.ts";
import { capital, listed } from "./text/words.ts";

const users = ["member1", "member2", "member3"] as const;

// A comma and an at sign travel as they are too; so written, a call looks like mesibo's documentation.
const readable = (body: string): string => body.replaceAll("%2C", ",").replaceAll("%40", "@");

function callLines({ op, body, answer = "" }: CallRecord): readonly string[] {
  return [`  ${op}`, `    POST    ${readable(body)}`, `    answer  ${answer}`, ""];
}

/**
 * mesibo's tutorial on a mock inside this process, as plain text, line by line: three users, one group, its
 * members, who may send and who receives. The same lines every time.
 */
export async function* tutorial(): AsyncGenerator<string> {
  const records: CallRecord[] = [];
  const mock = createMock();
  const client = createClient({
    token: mock.token,
    url: mock.url,
    fetch: mock.fetch,
    dialect: "form",
    onCall: (record) => records.push(record),
  });
  function* calls(): Generator<string> {
    for (const record of records.splice(0)) yield* callLines(record);
  }

  yield "mesibo-groups: the group tutorial";
  yield "";
  yield "Everything below really runs, on a mock mesibo server inside this program: no account and no";
  yield "network. mesibo's backend API is one URL; each call names an op and carries the app token, which";
  yield "is secret and is shown here as $MESIBO_APP_TOKEN.";
  yield "";

  yield "1. Three users. Only users of your app can be members of a group.";
  yield "";
  for (const address of users) await client.users.create({ address });
  yield* calls();

  const flags = flagPresets.restricted;
  yield `2. One group, with a name and a flag. The flag is ${formatFlags(flags, "decimal")} (${formatFlags(flags, "hex")}): 1 for who may send, 16 for`;
  yield "   who receives.";
  yield `   ${describeFlags(flags)}`;
  yield "";
  const { gid } = await client.groups.create({ name: "News", flags });
  yield* calls();
  yield `   The answer carries group.gid: the new group is ${gid}.`;
  yield "";

  yield "3. Its members. All three may receive (cr=1); member1 may send as well (cs=1).";
  yield "";
  const listener = { ...noPermissions, receive: true };
  await client.members.add({ gid, addresses: users, permissions: listener });
  await client.members.add({ gid, addresses: ["member1"], permissions: { ...listener, send: true } });
  yield* calls();

  yield "4. A call that is refused. You can only add valid users, and nobody made member4.";
  yield "";
  const refused = await client.members.add({ gid, addresses: ["member4"], permissions: listener }).then(
    () => undefined,
    (error: unknown) => error,
  );
  yield* calls();
  const failure = refused instanceof MembersError ? refused.report.refused[0] : undefined;
  yield `   Refused, and nothing was changed: ${failure === undefined ? "" : failureOf(failure.error).text}`;
  yield "";

  const members = await client.members.list({ gid });
  yield* calls();
  yield "5. Who may send, who receives, and why.";
  yield "";
  for (const member of members) yield* verdictLines(member.address, effective(flags, member.permissions));
  yield* verdictLines("anybody else", effective(flags, "non_member"));

  yield "6. Who gets a message.";
  yield "";
  for (const sender of ["member1", "member2"]) {
    yield* routeLines({ sender, members, question: { flags, active: true } });
  }

  yield "What next";
  yield "  In a terminal, the same command opens the app on such a mock server: make groups, turn the flags,";
  yield "  add members and see at once who may send and who receives. Press ? there for the keys.";
  yield "  For your own code: `mesibo-mock` answers on a port, and @mesibo-groups/core is the client used here.";
}

function* verdictLines(who: string, { send, receive }: ReturnType<typeof effective>): Generator<string> {
  for (const [does, doesNot, verdict] of [
    ["may send", "may not send", send],
    ["receives", "does not receive", receive],
  ] as const) {
    yield `  ${who} ${verdict.allowed ? does : doesNot}`;
    yield `    ${verdict.rule.sentence} (${verdict.rule.confidence})`;
  }
  yield "";
}

function* routeLines({
  sender,
  members,
  question,
}: {
  readonly sender: string;
  readonly members: readonly Member[];
  readonly question: Parameters<typeof route>[0]["group"];
}): Generator<string> {
  const { accepted, recipients, because } = route({ group: question, members, sender });
  yield `  ${capital(sender)} sends: ${accepted ? `it goes to ${listed(recipients)}` : "it is not accepted"}.`;
  for (const { sentence } of because) yield `    ${sentence}`;
  yield "";
}
