import type { CallRecord } from "@mesibo-groups/core";
import type { ReactNode } from "react";
import { clearKey } from "../../state/key-here.ts";
import { cursorIn } from "../../state/list.ts";
import type { State } from "../../state/model.ts";
import { shownCalls } from "../../state/rows.ts";
import type { RequestsScreen } from "../../state/screen.ts";
import { noMatch } from "../../text/no-match.ts";
import { clockTime, plural } from "../../text/words.ts";
import { FilterLine } from "../components/filter-line.tsx";
import { Scroll } from "../components/scroll.tsx";
import { Table, type Column } from "../components/table.tsx";
import { callText } from "../../state/call-text.ts";

const columns: readonly Column<CallRecord>[] = [
  { title: "TIME", width: 8, stays: true, cell: ({ startedAt }) => clockTime(startedAt) },
  { title: "OP", width: 16, stays: true, cell: ({ op }) => op },
  {
    title: "OUTCOME",
    width: 8,
    stays: true,
    cell: ({ outcome }) => outcome.replace("_", " "),
    tone: ({ outcome }) => (outcome === "done" ? "ok" : outcome === "refused" ? "danger" : "warn"),
  },
  { title: "MS", width: 5, align: "end", cell: ({ durationMs }) => String(durationMs) },
  { title: "ANSWER", width: 12, grows: true, cell: ({ answer = "" }) => answer },
];

/** The calls that were made, newest first, or one of them in full. */
export function RequestsView({
  state,
  screen,
  height,
}: {
  readonly state: State;
  readonly screen: RequestsScreen;
  readonly height: number;
}): ReactNode {
  const rows = shownCalls(state, screen);
  const cursor = cursorIn(screen.list, rows.length);
  const open = rows[cursor];
  if (screen.open !== undefined && open !== undefined) {
    return (
      <Scroll
        text={callText(open, screen.format ?? "curl")}
        top={screen.open}
        width={state.size.columns}
        height={height}
      />
    );
  }
  return (
    <>
      <FilterLine what={plural(rows.length, "call")} list={screen.list} width={state.size.columns} />
      <Table
        columns={columns}
        rows={rows}
        cursor={cursor}
        width={state.size.columns}
        height={height - 1}
        keyOf={(record) => `${rows.length - rows.indexOf(record)}`}
        empty={
          screen.list.filter.text === ""
            ? "No calls yet."
            : noMatch({
                filter: screen.list.filter.text,
                of: plural(state.calls.length, "call"),
                words: [],
                clear: clearKey(state),
              })
        }
      />
    </>
  );
}
