import { effective, route, type Group, type Permissions, type Rule, type Verdict } from "@mesibo-groups/core";
import { sanitize } from "../text/sanitize.ts";
import { listed } from "../text/words.ts";
import { keyHere } from "./key-here.ts";
import { cursorIn } from "./list.ts";
import { membersOf, type State } from "./model.ts";
import { NON_MEMBER, shownWho, type WhoRow } from "./rows.ts";
import type { GroupScreen } from "./screen.ts";

/** One labelled reason. */
export interface Reason {
  readonly label: string;
  readonly text: string;
  readonly strong?: boolean | undefined;
}

/** The group whose Who tab is in front. */
export interface WhoQuestion {
  readonly state: State;
  readonly screen: GroupScreen;
  readonly group: Group;
}

/** The row under the cursor. */
export function whoRow(state: State, screen: GroupScreen): WhoRow {
  const rows = shownWho(state, screen);
  return rows[cursorIn(screen.who, rows.length)] ?? NON_MEMBER;
}

/** What `effective` wants to know about a row. */
export const permissionsOf = (row: WhoRow): Permissions | "non_member" =>
  row === NON_MEMBER ? row : row.permissions;

/** A row in words. */
export const whoName = (row: WhoRow): string =>
  row === NON_MEMBER ? "(anyone who is no member)" : row.address;

/** The sender of the simulator. An address that nobody has stands for a non-member. */
export const senderOf = (row: WhoRow): string => (row === NON_MEMBER ? "" : row.address);

const because = ({ sentence, confidence, source }: Rule): string => `${sentence} (${confidence}: ${source})`;

const verdict = ({ allowed, rule }: Verdict): string => `${allowed ? "yes" : "no"}. ${because(rule)}`;

/** Who gets a message of the row under the cursor, and the rules that decide, the answer first. */
export function reasons({ state, screen, group }: WhoQuestion): readonly Reason[] {
  const row = whoRow(state, screen);
  const sender = senderOf(row);
  const members = membersOf(state, screen.gid);
  const { send, receive } = effective(group.flags, permissionsOf(row));
  const sent = route({ group, members, sender, cursor: screen.turn });
  const to = sanitize(listed(sent.recipients, 6));
  const lines: Reason[] = [
    {
      label: "message",
      text: sent.accepted ? `goes to ${to}` : "is not accepted, so nobody gets it",
      strong: true,
    },
  ];
  if (sent.accepted && group.flags.receive === "in_turn" && sent.recipients.length > 0) {
    const next = route({ group, members, sender, cursor: sent.cursor });
    const then = listed(next.recipients.map(sanitize));
    lines.push({ label: "next turn", text: `${then} (${keyHere(state, "next_turn")} sends one message on)` });
  }
  lines.push({ label: "sends", text: verdict(send) }, { label: "receives", text: verdict(receive) });
  // The first rule is the sender's, the second the receivers': both stand above already. A refusal has one,
  // which is not the sender's where the group itself is inactive.
  const rest = sent.accepted ? sent.because.slice(2) : sent.because.filter((rule) => rule !== send.rule);
  return [...lines, ...rest.map((rule) => ({ label: "", text: because(rule) }))];
}
