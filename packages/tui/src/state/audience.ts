import { effective, type GroupFlags, type Permissions, type RoutedMember } from "@mesibo-groups/core";

/** How many members may do what. */
export interface Audience {
  readonly members: number;
  readonly send: number;
  readonly receive: number;
  readonly both: number;
  readonly neither: number;
}

type Kind = Pick<Permissions, "send" | "receive">;

interface Count {
  readonly permissions: Permissions;
  count: number;
}

const counted = new WeakMap<readonly RoutedMember[], readonly Count[]>();

const keyOf = ({ send, receive }: Kind): number => Number(send) * 2 + Number(receive);

/** How many members have which permissions; counted once for a list, however often flags are turned. */
function countsOf(members: readonly RoutedMember[]): readonly Count[] {
  const known = counted.get(members);
  if (known !== undefined) return known;
  const counts = new Map<number, Count>();
  for (const { permissions } of members) {
    const key = keyOf(permissions);
    const count = counts.get(key) ?? { permissions, count: 0 };
    count.count += 1;
    counts.set(key, count);
  }
  const list = [...counts.values()];
  counted.set(members, list);
  return list;
}

/** How many of these members may send and receive in a group with these flags. */
export function audience(flags: GroupFlags, members: readonly RoutedMember[]): Audience {
  let send = 0;
  let receive = 0;
  let both = 0;
  for (const { permissions, count } of countsOf(members)) {
    const may = effective(flags, permissions);
    if (may.send.allowed) send += count;
    if (may.receive.allowed) receive += count;
    if (may.send.allowed && may.receive.allowed) both += count;
  }
  return { members: members.length, send, receive, both, neither: members.length - send - receive + both };
}

/** Who may send, in two or three words for a column. */
export function sendersInWords({ send }: GroupFlags, { send: count }: Audience): string {
  return { members: "every member", selected: `selected (${count})`, anyone: "ANYONE" }[send];
}

/** Who receives, in two or three words for a column. */
export function receiversInWords({ receive }: GroupFlags, { receive: count }: Audience): string {
  return { members: "every member", selected: `selected (${count})`, in_turn: "one, in turn" }[receive];
}

/** The audience in one sentence. */
export function audienceSentence(flags: GroupFlags, { members, send, receive, neither }: Audience): string {
  if (members === 0) return "The group has no members yet.";
  const receives = flags.receive === "in_turn" ? `${receive} take turns` : `${receive} receive`;
  const rest = neither === 0 ? "" : `, ${neither} can do neither`;
  const others = flags.send === "anyone" ? " and so may everybody else" : "";
  return `Today: ${send} of ${members} may send${others}, ${receives}${rest}.`;
}
