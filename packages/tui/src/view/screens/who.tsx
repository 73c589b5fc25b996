import { effective, route, type Group, type Rule, type Verdict } from "@mesibo-groups/core";
import type { ReactNode } from "react";
import { simulatedSender } from "../../state/actions/screens.ts";
import { audience, audienceSentence } from "../../state/audience.ts";
import { cursorIn } from "../../state/list.ts";
import { membersOf, type GroupScreen, type State } from "../../state/model.ts";
import { NON_MEMBER, shownWho, type WhoRow } from "../../state/rows.ts";
import { sanitize } from "../../text/sanitize.ts";
import { wrap } from "../../text/width.ts";
import { listed } from "../../text/words.ts";
import { FilterLine } from "../components/filter-line.tsx";
import { Line, Span } from "../components/line.tsx";
import { Table, type Column } from "../components/table.tsx";

const permissionsOf = (row: WhoRow) => (row === NON_MEMBER ? row : row.permissions);

function columnsOf({ flags }: Group): readonly Column<WhoRow>[] {
  return [
    {
      title: "ADDRESS",
      width: 24,
      stays: true,
      grows: true,
      cell: (row) => (row === NON_MEMBER ? "(anyone who is no member)" : row.address),
    },
    {
      title: "SENDS",
      width: 9,
      stays: true,
      cell: (row) => (effective(flags, permissionsOf(row)).send.allowed ? "may send" : "may not"),
    },
    {
      title: "RECEIVES",
      width: 9,
      stays: true,
      cell: (row) => {
        if (!effective(flags, permissionsOf(row)).receive.allowed) return "does not";
        return flags.receive === "in_turn" ? "in turn" : "receives";
      },
    },
  ];
}

interface Reason {
  readonly text: string;
  readonly strong?: boolean | undefined;
}

const because = ({ sentence, confidence, source }: Rule): string => `${sentence} (${confidence}: ${source})`;

const verdict = (words: readonly [yes: string, no: string], { allowed, rule }: Verdict): string =>
  `${words[allowed ? 0 : 1]}: ${because(rule)}`;

/** Where a message of the row under the cursor goes, and why. */
function reasons({
  state,
  screen,
  group,
}: {
  state: State;
  screen: GroupScreen;
  group: Group;
}): readonly Reason[] {
  const rows = shownWho(state, screen);
  const row = rows[cursorIn(screen.who, rows.length)] ?? NON_MEMBER;
  const name = row === NON_MEMBER ? "Somebody who is no member" : sanitize(row.address);
  const { send, receive } = effective(group.flags, permissionsOf(row));
  const members = membersOf(state, screen.gid);
  const sender = simulatedSender(state, screen);
  const {
    accepted,
    recipients,
    stored,
    cursor,
    because: decided,
  } = route({
    group,
    members,
    sender,
    cursor: screen.turn,
  });
  const lines: Reason[] = [
    { text: verdict([`${name} may send`, `${name} may not send`], send) },
    { text: verdict(["receives", "does not receive"], receive) },
  ];
  if (!accepted) {
    const [rule] = decided;
    return [...lines, { text: `Its message goes to nobody: ${rule?.sentence ?? ""}`, strong: true }];
  }
  const to = recipients.length === 0 ? "nobody" : listed(recipients.map(sanitize), 6);
  const kept = stored ? "stored for who is offline" : "not stored";
  lines.push({ text: `Its message goes to ${to}; it is ${kept}.`, strong: true });
  if (group.flags.receive === "in_turn" && recipients.length > 0) {
    const next = route({ group, members, sender, cursor });
    lines.push({
      text: `Then it is the turn of ${listed(next.recipients.map(sanitize))}; space sends one on.`,
    });
  }
  // The first rule is the sender's, the second the receivers': both stand above already.
  for (const rule of decided.slice(2)) lines.push({ text: because(rule) });
  return lines;
}

/** The third tab of a group: who may send, who receives, and who gets a message of the row under the cursor. */
export function WhoView({
  state,
  screen,
  group,
  height,
}: {
  readonly state: State;
  readonly screen: GroupScreen;
  readonly group: Group;
  readonly height: number;
}): ReactNode {
  const width = state.size.columns;
  const rows = shownWho(state, screen);
  const lines = reasons({ state, screen, group }).flatMap(({ text, strong }) =>
    wrap(text, width - 5).map((part, index) => ({ text: `${index === 0 ? "" : "  "}${part}`, strong })),
  );
  // The table gets what it needs, at least four rows and at most half.
  const table = Math.max(
    4,
    Math.min(rows.length + 1, Math.max(Math.floor(height / 2), height - lines.length - 2)),
  );
  const today = audienceSentence(group.flags, audience(group.flags, membersOf(state, screen.gid)));
  return (
    <>
      <FilterLine what={today} list={screen.who} width={width} />
      <Table
        columns={columnsOf(group)}
        rows={rows}
        cursor={cursorIn(screen.who, rows.length)}
        width={width}
        height={table}
        keyOf={(row) => (row === NON_MEMBER ? "" : row.address)}
        empty=""
      />
      <Line />
      {lines.slice(0, Math.max(0, height - table - 2)).map(({ text, strong }, index) => (
        <Line key={`${index} ${text}`}>
          <Span tone={strong === true ? "strong" : "plain"}>{`   ${text}`}</Span>
        </Line>
      ))}
    </>
  );
}
