import { effective, encodeFlags, route, type Rule } from "@mesibo-groups/core";
import { command } from "./command.ts";
import { usage } from "./command-error.ts";
import { readFlag } from "./flags/flag-data.ts";
import { gidArgument, readGid } from "./gid.ts";
import { findGroup } from "./groups/group-data.ts";
import { listMembers } from "./members/member-data.ts";
import { plural } from "../text/words.ts";
import { addressWords } from "./members/addresses.ts";

const ruleLine = ({ sentence, confidence, source }: Rule): string =>
  `  ${sentence} (${confidence}: ${source})`;

/** Says who would get a message, and why; sends none. */
export const simulate = command({
  args: [gidArgument, { name: "from", about: "the sender's address, a member's or not" }],
  options: {
    flag: { type: "string", value: "flag", about: "what if the group had this flag" },
    cursor: { type: "string", value: "n", about: "who was last in turn, by place from 0; default: nobody" },
  },
  run: async (invocation) => {
    const { given, values } = invocation;
    const gid = readGid(given.get("gid"));
    const sender = given.get("from") ?? "";
    const fault = addressWords(sender);
    if (fault !== undefined) throw usage(`The ${fault}. Nothing was sent.`);
    if (values.cursor !== undefined && !/^\d{1,9}$/.test(values.cursor))
      throw usage(`--cursor must be a place from 0, not ${JSON.stringify(values.cursor)}.`);
    const whatIf = values.flag === undefined ? undefined : readFlag(values.flag);
    const { flags: present, active } = await findGroup(invocation, gid);
    const { members, complete } = await listMembers(invocation, gid);
    const flags = whatIf ?? present;
    const cursor = values.cursor === undefined ? undefined : Number(values.cursor);
    const found = route({ group: { flags, active }, members, sender, cursor });
    const member = members.find(({ address }) => address === sender);
    const { receive } = effective(flags, member?.permissions ?? "non_member");
    if (!complete) invocation.say(`The server listed ${members.length} members; there may be more.`);
    const ending = found.accepted
      ? `goes to ${plural(found.recipients.length, "member")}`
      : "is not accepted";
    return {
      data: {
        gid,
        from: sender,
        flag: encodeFlags(flags),
        member: member !== undefined,
        ...found,
        sender_receives: { allowed: receive.allowed, rule: receive.rule.id },
        complete,
      },
      rows: found.recipients.map((address) => ({ address })),
      text: [
        `A message of ${sender} to ${gid} ${ending}.`,
        ...found.because.map(ruleLine),
        ...found.recipients,
      ],
    };
  },
});
