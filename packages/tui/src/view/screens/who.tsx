import { effective, type Group } from "@mesibo-groups/core";
import type { ReactNode } from "react";
import { audience, audienceSentence } from "../../state/audience.ts";
import { cursorIn } from "../../state/list.ts";
import { membersOf } from "../../state/model.ts";
import { shownWho, type WhoRow } from "../../state/rows.ts";
import { permissionsOf, reasons, whoName, type WhoQuestion } from "../../state/who.ts";
import { wrap } from "../../text/width.ts";
import { FilterLine } from "../components/filter-line.tsx";
import { Line, Span } from "../components/line.tsx";
import { Table, type Column } from "../components/table.tsx";

function columnsOf({ flags }: Group): readonly Column<WhoRow>[] {
  return [
    {
      title: "ADDRESS",
      width: 24,
      stays: true,
      grows: true,
      cell: whoName,
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

const LABEL = 11;

/** The third tab of a group: who may send, who receives, and who gets a message of the row under the cursor. */
export function WhoView({
  state,
  screen,
  group,
  height,
}: WhoQuestion & { readonly height: number }): ReactNode {
  const width = state.size.columns;
  const rows = shownWho(state, screen);
  const lines = reasons({ state, screen, group }).flatMap(({ label, text, strong }) =>
    wrap(text, width - LABEL - 4).map((part, index) => ({ label: index === 0 ? label : "", part, strong })),
  );
  // The table gets what the reasons leave, at least four rows.
  const gap = height >= 14 ? 1 : 0;
  const table = Math.max(4, Math.min(rows.length + 1, height - 1 - gap - lines.length));
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
        keyOf={whoName}
        empty=""
      />
      {gap === 1 && <Line />}
      {lines.slice(0, Math.max(0, height - 1 - table - gap)).map(({ label, part, strong }, index) => (
        <Line key={`${index} ${part}`}>
          <Span tone="muted">{`   ${label.padEnd(LABEL)}`}</Span>
          <Span tone={strong === true ? "strong" : "plain"}>{part}</Span>
        </Line>
      ))}
    </>
  );
}
