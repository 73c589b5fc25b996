// What a user does with the installed core, the same in every runtime: groups, flags, members, a refusal.
import { createClient, describeFlags, flagPresets, parseFlags } from "@mesibo-groups/core";
import { opNames } from "@mesibo-groups/core/wire";

export async function work(url, token) {
  const client = createClient({ url, token });
  await client.users.create({ address: "alice" });
  await client.users.create({ address: "bob" });
  const { gid } = await client.groups.create({ name: "News", flags: flagPresets.broadcast });
  const permissions = { send: false, receive: true, publish: false, subscribe: true, list: false };
  const refused = await client.members.add({ gid, addresses: ["alice", "bob", "nobody"], permissions }).then(
    () => [],
    ({ kind, report }) => [kind, ...report.refused.map(({ address }) => address)],
  );
  const parsed = parseFlags("0x91");
  return { gid, refused, words: describeFlags(parsed.flags), ops: opNames.length };
}
